#include "nearness.hpp"

#include <array>
#include <bit>

#include <geomatch/geo/wide.hpp>

#include "cell.hpp"
#include "hint.hpp"
#include "nominee.hpp"

namespace geomatch::match {

GEOMATCH_WIDE void reckon_nearness(std::span<const std::uint64_t> hints, const HintFrame& frame,
                                   std::int64_t* keys) noexcept {
  const HintFrame f = frame;
  const std::uint64_t* const words = hints.data();
  const std::size_t count = hints.size();
  std::array<float, CellBucket::largest> nearness_sq;
  for (std::size_t i = 0; i < count; ++i) {
    const auto x = static_cast<std::int32_t>(words[i] & Hint::point_mask);
    const auto y = static_cast<std::int32_t>(words[i] >> Hint::point_bits & Hint::point_mask);
    const float east_m = (f.west + static_cast<float>(x)) * f.metres_east;
    const float north_m = (f.south + static_cast<float>(y)) * f.metres_north;
    nearness_sq[i] = east_m * east_m + north_m * north_m;
  }
  // Apart from the floats, and without a condition, or the compiler makes a branch of it.
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t hint = words[i] & ~Hint::frozen;
    const std::uint64_t all_ones_if_none = 0 - ((hint - 1) >> 63);
    const std::uint64_t key =
        std::uint64_t{std::bit_cast<std::uint32_t>(nearness_sq[i])} << 32 | hint >> (2 * Hint::point_bits);
    keys[i] = static_cast<std::int64_t>(key | (all_ones_if_none & std::uint64_t{Nominee::no_key}));
  }
}

}  // namespace geomatch::match
