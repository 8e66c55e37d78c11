#pragma once

#include <cmath>

#include <geomatch/geo/earth_point.hpp>
#include <geomatch/geo/wgs84.hpp>

namespace geomatch::geo {

inline constexpr double mean_diameter_m = 2.0 * wgs84::mean_radius_m;

/// Up to this ratio of a chord to the diameter, 99 km, short_arc_m is as exact as the library's arc sine, and
/// takes a fraction of its time.
inline constexpr double longest_short_chord = 1.0 / 128;

/// The straight line between two places, of the mean diameter.
[[nodiscard]] inline double chord(const EarthPoint& a, const EarthPoint& b) noexcept {
  const double dx = a.x_m - b.x_m;
  const double dy = a.y_m - b.y_m;
  const double dz = a.z_m - b.z_m;
  return std::sqrt(dx * dx + dy * dy + dz * dz) / mean_diameter_m;
}

/// The arc over a chord of up to longest_short_chord. Without branches, for loops over many.
[[nodiscard]] inline double short_arc_m(double chord) noexcept {
  const double square = chord * chord;
  return mean_diameter_m * (chord * (1.0 + square * (1.0 / 6 + square * (3.0 / 40 + square * (15.0 / 336)))));
}

}  // namespace geomatch::geo
