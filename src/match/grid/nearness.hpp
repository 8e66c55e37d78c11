#pragma once

#include <cstdint>
#include <span>

namespace geomatch::match {

/// Where a bucket's cell lies, as seen from a query's centre.
struct HintFrame {
  float west, south;                ///< from the centre to the corner that hints count from, in units
  float metres_east, metres_north;  ///< that a unit is worth, at least
};

/// Sets `keys`, which has room for as many, to the Nominee::key of each of `hints`; to no_key where there is
/// none.
void reckon_nearness(std::span<const std::uint64_t> hints, const HintFrame& frame,
                     std::int64_t* keys) noexcept;

}  // namespace geomatch::match
