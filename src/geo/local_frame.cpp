#include <geomatch/geo/local_frame.hpp>

#include "angles.hpp"
#include "arc_tangent.hpp"

namespace geomatch::geo {

LocalFrame::LocalFrame(Position origin) noexcept : origin_(EarthPoint::from(origin)) {
  const Angles at{origin};
  east_ = {.x_m = -at.sin_lon, .y_m = at.cos_lon, .z_m = 0.0};
  north_ = {.x_m = -at.sin_lat * at.cos_lon, .y_m = -at.sin_lat * at.sin_lon, .z_m = at.cos_lat};
}

double LocalFrame::bearing_deg(const EarthPoint& to) const noexcept {
  const double dx = to.x_m - origin_.x_m;
  const double dy = to.y_m - origin_.y_m;
  const double dz = to.z_m - origin_.z_m;
  if (dx == 0.0 && dy == 0.0 && dz == 0.0) return 0.0;
  const double east_m = dx * east_.x_m + dy * east_.y_m;
  const double north_m = dx * north_.x_m + dy * north_.y_m + dz * north_.z_m;
  const double degrees = arc_tangent_deg(east_m, north_m);
  const double bearing = degrees < 0.0 ? degrees + 360.0 : degrees;
  return bearing < 360.0 ? bearing : 0.0;  // -1e-17 + 360 rounds to 360
}

}  // namespace geomatch::geo
