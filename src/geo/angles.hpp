#pragma once

#include <cmath>
#include <cstdlib>
#include <numbers>

#include <geomatch/geo/position.hpp>

namespace geomatch::geo {

inline constexpr double radians_per_degree = std::numbers::pi / 180.0;

/// The sines and cosines of a place. Exact where the library's aren't: at a pole the cosine of the latitude
/// is zero, and the antimeridian is one line whichever sign it is written with.
struct Angles {
  double sin_lat, cos_lat, sin_lon, cos_lon;

  explicit Angles(Position position) noexcept {
    const double lat = position.lat_deg() * radians_per_degree;
    const double lon = position.lon_deg() * radians_per_degree;
    const bool pole = std::abs(position.lat_e7) == 900'000'000;
    const bool antimeridian = std::abs(position.lon_e7) == 1'800'000'000;
    sin_lat = std::sin(lat);
    cos_lat = pole ? 0.0 : std::cos(lat);
    sin_lon = antimeridian ? 0.0 : std::sin(lon);
    cos_lon = std::cos(lon);
  }
};

}  // namespace geomatch::geo
