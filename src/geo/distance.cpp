#include <algorithm>
#include <cmath>

#include <geomatch/geo/distance.hpp>

#include "chord.hpp"

namespace geomatch::geo {

double distance_m(const EarthPoint& a, const EarthPoint& b) noexcept {
  const double ratio = chord(a, b);
  if (ratio <= longest_short_chord) return short_arc_m(ratio);
  // Places almost opposite on the equator are farther apart than the sphere is wide: that counts as opposite.
  return mean_diameter_m * std::asin(std::min(ratio, 1.0));
}

}  // namespace geomatch::geo
