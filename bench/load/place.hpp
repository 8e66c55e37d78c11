#pragma once

#include <cstdint>

namespace geomatch::load {

inline constexpr std::int32_t units_per_degree = 10'000'000;

/// WGS84 in units of 1e-7 degrees.
struct Place {
  std::int32_t lat_e7;
  std::int32_t lon_e7;
};

}  // namespace geomatch::load
