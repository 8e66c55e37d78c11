#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <geomatch/match/query.hpp>

#include "memory/pool.hpp"
#include "nominee.hpp"

namespace geomatch::match {

/// The nearest by what their hints say, a few more than are asked for: some may turn out not to qualify.
class Nominees {
 public:
  /// `entities`: the pool of Entity, which they are fetched from ahead; `limit`: 1 to Query::max_limit.
  Nominees(const Pool& entities, std::size_t limit, float radius_sq) noexcept;
  Nominees(const Nominees&) = delete;
  Nominees& operator=(const Nominees&) = delete;

  /// Nothing farther than this is of use any more.
  [[nodiscard]] float reach_sq() const noexcept { return reach_sq_; }
  /// Whether others may have been left out: none of those is nearer than reach_sq.
  [[nodiscard]] bool is_full() const noexcept { return count_ == wanted_; }
  /// Sets `nominees` to them, nearest first; returns how many there are.
  std::size_t copy_to(std::span<Nominee> nominees) const noexcept;

  void offer(std::span<const Nominee> batch) noexcept;

  static constexpr std::size_t most = Query::max_limit + Query::max_limit / 8;

 private:
  static constexpr std::size_t room = (most + 7) / 8 * 8;

  // Nearest first, from 1 on, and no_key from `count_` + 1 on. The one before the first is nearer than any.
  using Ranking = std::array<std::int64_t, 1 + room>;

  const Pool& entities_;
  const std::size_t wanted_;
  const std::size_t size_;  // wanted_, rounded up to whole registers
  std::size_t count_ = 0;
  float reach_sq_;
  std::array<Ranking, 2> rankings_;  // each insertion writes the other
  std::int64_t* ranking_ = rankings_[0].data();
};

}  // namespace geomatch::match
