#include <cmath>

#include <geomatch/geo/position.hpp>

namespace geomatch::geo {

Position Position::from_degrees(double lat_deg, double lon_deg) noexcept {
  return {.lat_e7 = static_cast<std::int32_t>(std::lround(lat_deg * units_per_degree)),
          .lon_e7 = static_cast<std::int32_t>(std::lround(lon_deg * units_per_degree))};
}

}  // namespace geomatch::geo
