#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include <geomatch/match/query.hpp>

#include "nominee.hpp"

namespace geomatch::match {

/// The nearest by what their hints say, a few more than are asked for: some may turn out not to qualify.
class Nominees {
 public:
  Nominees(std::size_t limit, float radius_sq) noexcept
      : wanted_(limit + std::max<std::size_t>(4, limit / 4)), reach_sq_(radius_sq) {}

  /// Nothing farther than this is of use any more.
  [[nodiscard]] float reach_sq() const noexcept { return reach_sq_; }
  /// Whether others may have been left out: all of those are at least at reach_sq.
  [[nodiscard]] bool is_full() const noexcept { return count_ == wanted_; }
  [[nodiscard]] std::span<const Nominee> nearest_first() const noexcept { return std::span{nominees_}.first(count_); }

  void offer(std::span<const Nominee> batch) noexcept {
    for (const Nominee nominee : batch) {
      if (is_full() && nominee >= nominees_[count_ - 1]) continue;
      add(nominee);
    }
  }

 private:
  static constexpr std::size_t most = Query::max_limit + Query::max_limit / 4;

  void add(Nominee nominee) noexcept {
    if (!is_full()) ++count_;
    std::size_t place = count_ - 1;
    for (; place != 0 && nominees_[place - 1] > nominee; --place) nominees_[place] = nominees_[place - 1];
    nominees_[place] = nominee;
    if (is_full()) reach_sq_ = nominees_[count_ - 1].nearness_sq();
  }

  const std::size_t wanted_;
  float reach_sq_;
  std::size_t count_ = 0;
  std::array<Nominee, most> nominees_;
};

}  // namespace geomatch::match
