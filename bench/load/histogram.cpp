#include "histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace geomatch::load {

// Slots are numbered on through the powers of two: a duration's upper eleven bits lead to its slot, and below
// 2^11 they are all it has.
std::size_t Histogram::slot_of(std::uint64_t ns) noexcept {
  const auto width = static_cast<unsigned>(std::bit_width(ns));
  const unsigned cut = width > slot_bits + 1 ? width - (slot_bits + 1) : 0;
  return (std::size_t{cut} << slot_bits) + static_cast<std::size_t>(ns >> cut);
}

std::uint64_t Histogram::last_of(std::size_t slot) noexcept {
  const std::size_t power = slot >> slot_bits;
  const std::size_t cut = power == 0 ? 0 : power - 1;
  const std::uint64_t upper = slot - (cut << slot_bits);
  return ((upper + 1) << cut) - 1;
}

void Histogram::add(Duration duration) noexcept {
  const Duration counted = std::clamp(duration, Duration{0}, longest);
  ++counts_[slot_of(static_cast<std::uint64_t>(counted.count()))];
  ++count_;
  max_ = std::max(max_, counted);
}

Histogram::Duration Histogram::percentile(double part) const noexcept {
  if (count_ == 0) return Duration{0};
  const double wanted = std::ceil(std::clamp(part, 0.0, 1.0) * static_cast<double>(count_));
  const std::uint64_t rank = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(wanted), 1, count_);
  std::uint64_t seen = 0;
  std::size_t slot = 0;
  while ((seen += counts_[slot]) < rank) ++slot;
  return std::min(Duration{last_of(slot)}, max_);
}

}  // namespace geomatch::load
