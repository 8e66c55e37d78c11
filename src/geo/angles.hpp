#pragma once

#include <numbers>

#include <geomatch/geo/position.hpp>

namespace geomatch::geo {

inline constexpr double radians_per_degree = std::numbers::pi / 180.0;

/// The sines and cosines of a place, each within 2e-16. Exact where it matters: at a pole the cosine of the
/// latitude is zero, and the antimeridian is one line whichever sign it is written with.
struct Angles {
  double sin_lat, cos_lat, sin_lon, cos_lon;

  explicit Angles(Position position) noexcept;
};

}  // namespace geomatch::geo
