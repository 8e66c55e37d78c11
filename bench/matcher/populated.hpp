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

/// A million phones in the city, one after another by `steps[number]` from their first places.
class MovingCity {
 public:
  explicit MovingCity(std::size_t count = 1'000'000);

  [[nodiscard]] Populated& crowd() noexcept { return crowd_; }
  [[nodiscard]] match::Grid& grid() noexcept { return crowd_.grid(); }
  /// Moves phone `number` by a few metres, or by 500 m; between threads, each must have phones of its own.
  void move_a_little(model::Fix& fix, std::uint64_t number, std::uint64_t nth);
  void move_far(model::Fix& fix, std::uint64_t number, std::uint64_t nth);

 private:
  Populated crowd_;
  std::vector<std::uint8_t> steps_;
};

/// The one that several benchmarks share.
[[nodiscard]] MovingCity& moving_city();

}  // namespace geomatch::bench
