#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include <geomatch/match/grid.hpp>

#include "crowd.hpp"

namespace geomatch::bench {

/// A grid with a crowd on it, and where everyone is.
class Populated {
 public:
  using Place = std::function<geo::Position(std::uint64_t number)>;

  /// `count` phones, each where `place` says, all of them `role`.
  Populated(std::size_t count, const Place& place, std::string_view role = "rider", std::size_t room = 0);

  /// Adds `count` more of `role`, numbered on.
  void add(std::size_t count, const Place& place, std::string_view role);

  [[nodiscard]] match::Grid& grid() noexcept { return *grid_; }
  [[nodiscard]] std::size_t count() const noexcept { return count_; }
  [[nodiscard]] double bytes_per_entity() const noexcept {
    return static_cast<double>(grid_->used_bytes()) / static_cast<double>(count_);
  }

 private:
  std::unique_ptr<match::Grid> grid_;
  std::size_t count_ = 0;
};

/// Phones in the city that move: all of them once, in no order that memory has, then all of them again.
class MovingCity {
 public:
  explicit MovingCity(std::size_t count = 1'000'000);

  [[nodiscard]] Populated& crowd() noexcept { return crowd_; }
  [[nodiscard]] match::Grid& grid() noexcept { return crowd_.grid(); }
  enum class Step {
    a_few_metres,
    half_a_kilometre,
  };

  /// Sets `fix` to the next that the phones of part `part` of `parts` post, when it is the `nth` of that
  /// part: each phone belongs to one part.
  void write_next(model::Fix& fix, Step step, std::uint64_t nth, std::uint64_t part = 0,
                  std::uint64_t parts = 1) const;

 private:
  Populated crowd_;
};

/// The one that several benchmarks share.
[[nodiscard]] MovingCity& moving_city();

}  // namespace geomatch::bench
