#include <algorithm>
#include <cmath>

#include <geomatch/geo/distance.hpp>
#include <geomatch/geo/wgs84.hpp>

namespace geomatch::geo {

double distance_m(const EarthPoint& a, const EarthPoint& b) noexcept {
  const double dx = a.x_m - b.x_m;
  const double dy = a.y_m - b.y_m;
  const double dz = a.z_m - b.z_m;
  const double chord_m = std::sqrt(dx * dx + dy * dy + dz * dz);
  constexpr double diameter_m = 2.0 * wgs84::mean_radius_m;
  // The clamp is for places almost opposite on the equator, which are farther apart than the sphere is wide.
  return diameter_m * std::asin(std::min(chord_m / diameter_m, 1.0));
}

}  // namespace geomatch::geo
