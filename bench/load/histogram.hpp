#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace geomatch::load {

/// Counts durations to three significant digits in fixed memory (272 KiB), as HdrHistogram does: each power
/// of two is cut into 1,024 equal slots. From one nanosecond, and exact up to two microseconds, to a good
/// hour; what is longer counts as the longest.
class Histogram {
 public:
  using Duration = std::chrono::nanoseconds;

  static constexpr Duration longest{(std::int64_t{1} << 42) - 1};  // 73 minutes

  /// Negative durations count as zero. Never allocates.
  void add(Duration duration) noexcept;

  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  [[nodiscard]] Duration max() const noexcept { return max_; }  ///< exact, but for `longest`

  /// The smallest duration that at least `part` (0 to 1) of those counted don't exceed: the end of its slot,
  /// so at most 1/1,024 more than the true one, and never more than max(). Zero if nothing was counted.
  [[nodiscard]] Duration percentile(double part) const noexcept;

 private:
  static constexpr unsigned slot_bits = 10;  // slots a power of two: 2^10 > 1,000, three digits
  static constexpr std::size_t slots = (42 - slot_bits + 1) << slot_bits;

  static std::size_t slot_of(std::uint64_t ns) noexcept;
  static std::uint64_t last_of(std::size_t slot) noexcept;

  std::array<std::uint64_t, slots> counts_{};
  std::uint64_t count_ = 0;
  Duration max_{0};
};

}  // namespace geomatch::load
