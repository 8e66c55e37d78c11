#pragma once

#include <cmath>

#include <geomatch/geo/earth_point.hpp>
#include <geomatch/geo/wgs84.hpp>

#include "angles.hpp"

namespace geomatch::geo {

/// Geodetic to geocentric coordinates at height zero (NIMA TR8350.2, section 4.2, equation 4-14). Without
/// branches, for loops over many.
[[nodiscard]] inline EarthPoint geocentric(Position position) noexcept {
  const Angles at{position};
  const double prime_vertical_radius_m =
      wgs84::semi_major_axis_m / std::sqrt(1.0 - wgs84::eccentricity_squared * at.sin_lat * at.sin_lat);
  return {.x_m = prime_vertical_radius_m * at.cos_lat * at.cos_lon,
          .y_m = prime_vertical_radius_m * at.cos_lat * at.sin_lon,
          .z_m = prime_vertical_radius_m * (1.0 - wgs84::eccentricity_squared) * at.sin_lat};
}

}  // namespace geomatch::geo
