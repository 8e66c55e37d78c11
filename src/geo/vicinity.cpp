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

// A circle that takes more than a twelfth of its parallel bends too much for longitudes to rule out anything.
constexpr double widest_sine = 0.5;

// The chord of an arc of angle `x` is at least this part of it (sin y >= y - y^3 / 6; by Schur's theorem it
// holds for every arc that bends no more than the circle). For x up to pi.
double chord_over_arc(double x) noexcept {
  return std::max(1.0 - x * x / 24, 2.0 / std::numbers::pi);
}

std::int64_t units_up(double radians) noexcept {
  return static_cast<std::int64_t>(radians / radians_per_unit) + 2;
}

}  // namespace

// In Earth-centred coordinates, the square of the chord between two places is that of the chord between their
// latitudes on one meridian, plus 4 p q sin^2(east / 2) with p and q the radii of their parallels. The least
// of either over the box is the bound; a distance is never shorter than its chord.
//
// Over the box, the sine of the latitude is nowhere nearer to zero than the centre's less the angle, and the
// cosine nowhere less than the centre's less the angle: neither changes faster than the angle itself.
Vicinity::Vicinity(Position center, double radius_m) noexcept {
  const double angle_rad = box_safety * radius_m / wgs84::least_curvature_radius_m;
  const Angles at{center};
  height_e7 = std::min(units_up(angle_rad), half_turn_e7);

  // Radius of curvature along the meridian (NIMA TR8350.2, section 4): least where the sine is.
  const double least_sine = std::max(0.0, std::abs(at.sin_lat) - angle_rad);
  const double w = 1.0 - wgs84::eccentricity_squared * least_sine * least_sine;
  const double meridian_radius_m =
      wgs84::semi_major_axis_m * (1.0 - wgs84::eccentricity_squared) / (w * std::sqrt(w));
  metres_north = bound_safety * meridian_radius_m * chord_over_arc(angle_rad) * radians_per_unit;

  width_e7 = half_turn_e7;
  const double least_cosine = at.cos_lat - angle_rad;
  if (angle_rad > widest_sine * at.cos_lat || least_cosine <= 0) return;
  const double sine = angle_rad / at.cos_lat;
  const double width_rad =
      box_safety * sine * (1.0 + 0.19 * sine * sine);  // asin(x) for x up to 1/2, from above
  width_e7 = units_up(width_rad);
  // The radius of a parallel is that of the prime vertical, at least the semi-major axis, times the cosine.
  metres_east = bound_safety * wgs84::semi_major_axis_m * std::sqrt(at.cos_lat * least_cosine) *
                chord_over_arc(width_rad) * radians_per_unit;
}

}  // namespace geomatch::geo
