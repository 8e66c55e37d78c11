#pragma once

#include <geomatch/geo/earth_point.hpp>

namespace geomatch::geo {

/// The length of the geodesic between two places, in metres.
///
/// The straight line between the points, bent onto a sphere of the mean radius. Within 50 km that is less
/// than 1e-7 of the distance away from the exact geodesic; farther out it is not meant to be used.
/// Symmetric to the last bit, and zero for equal points.
[[nodiscard]] double distance_m(const EarthPoint& a, const EarthPoint& b) noexcept;

}  // namespace geomatch::geo
