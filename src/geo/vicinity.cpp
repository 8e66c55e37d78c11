#include <algorithm>
#include <cmath>

#include <geomatch/geo/vicinity.hpp>
#include <geomatch/geo/wgs84.hpp>

#include "angles.hpp"

namespace geomatch::geo {
namespace {

constexpr double radians_per_unit = radians_per_degree / Position::units_per_degree;

// Covers what the sphere that bounds a circle leaves out: the ellipsoid's parallels are up to 0.34% longer
// than a sphere's of its least curvature, and latitudes are geodetic.
constexpr double box_safety = 1.01;

// Below one by more than single precision loses where the bounds are used.
constexpr double bound_safety = 1.0 - 2e-6;

// A wider circle than this bends too much for its longitudes to rule out anything.
constexpr double widest_rad = std::numbers::pi / 6;

// The chord of an arc is at least this part of it: no arc here bends more than a circle's of angle `x` (Schur).
double chord_over_arc(double x) noexcept {
  const double half = std::min(x, std::numbers::pi) / 2;
  return half < 1e-8 ? 1.0 : std::sin(half) / half;
}

// Radius of curvature along the meridian (NIMA TR8350.2, section 4): grows from the equator to the poles.
double meridian_radius_m(double lat_rad) noexcept {
  const double sine = std::sin(lat_rad);
  const double w = 1.0 - wgs84::eccentricity_squared * sine * sine;
  return wgs84::semi_major_axis_m * (1.0 - wgs84::eccentricity_squared) / (w * std::sqrt(w));
}

// Radius of the parallel: shrinks from the equator to the poles.
double parallel_radius_m(double lat_rad) noexcept {
  const double sine = std::sin(lat_rad);
  return wgs84::semi_major_axis_m * std::cos(lat_rad) /
         std::sqrt(1.0 - wgs84::eccentricity_squared * sine * sine);
}

std::int64_t units_up(double radians) noexcept {
  return static_cast<std::int64_t>(std::ceil(radians / radians_per_unit)) + 1;
}

}  // namespace

// In Earth-centred coordinates, the square of the chord between two places is that of the chord between their
// latitudes on one meridian, plus 4 p q sin^2(east / 2) with p and q the radii of their parallels. The least of
// either over the box is the bound; a distance is never shorter than its chord.
Vicinity::Vicinity(Position center, double radius_m) noexcept {
  const double angle_rad = box_safety * radius_m / wgs84::least_curvature_radius_m;
  const double lat_rad = std::abs(center.lat_deg()) * radians_per_degree;
  const double highest_rad = lat_rad + angle_rad;
  const double lowest_rad = std::max(0.0, lat_rad - angle_rad);
  height_e7 = std::min(units_up(angle_rad), half_turn_e7);
  metres_north =
      bound_safety * meridian_radius_m(std::min(lowest_rad, std::numbers::pi / 2)) * chord_over_arc(angle_rad) *
      radians_per_unit;

  width_e7 = half_turn_e7;
  if (highest_rad >= std::numbers::pi / 2) return;
  const double width_rad = box_safety * std::asin(std::min(1.0, std::sin(angle_rad) / std::cos(lat_rad)));
  if (width_rad > widest_rad) return;
  width_e7 = units_up(width_rad);
  metres_east = bound_safety * std::sqrt(parallel_radius_m(lat_rad) * parallel_radius_m(highest_rad)) *
                chord_over_arc(width_rad) * radians_per_unit;
}

}  // namespace geomatch::geo
