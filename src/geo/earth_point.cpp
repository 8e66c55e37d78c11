#include <geomatch/geo/earth_point.hpp>

#include "geocentric.hpp"

namespace geomatch::geo {

EarthPoint EarthPoint::from(Position position) noexcept {
  return geocentric(position);
}

}  // namespace geomatch::geo
