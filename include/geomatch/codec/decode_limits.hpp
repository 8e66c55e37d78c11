#pragma once

#include <cstddef>

#include <geomatch/model/time.hpp>

namespace geomatch::codec {

/// What the operator sets of a post's ranges; the other ranges are the contract's.
struct DecodeLimits {
  double max_radius_m = 50'000;
  std::size_t max_attributes_bytes = 4096;     ///< names and texts of one entity's attributes together
  model::Milliseconds max_clock_skew{30'000};  ///< a timestamp further ahead counts as the time of arrival
};

}  // namespace geomatch::codec
