#pragma once

#include <geomatch/geo/position.hpp>

namespace geomatch::geo {

/// A place on the ellipsoid in Earth-centred, Earth-fixed metres: x to 0°N 0°E, y to 0°N 90°E, z to the pole.
///
/// Neither the poles nor the antimeridian are special here, and a distance takes no trigonometry of the
/// two places: worth keeping beside a position that is compared with often.
struct EarthPoint {
  double x_m;
  double y_m;
  double z_m;

  /// The point of height zero at `position`.
  [[nodiscard]] static EarthPoint from(Position position) noexcept;
};

}  // namespace geomatch::geo
