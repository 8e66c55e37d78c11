#pragma once

#include <geomatch/geo/earth_point.hpp>
#include <geomatch/geo/position.hpp>

namespace geomatch::geo {

/// East and north as they are at one place: gives the directions in which others are seen from there.
/// Immutable, so safe from any thread.
class LocalFrame {
 public:
  explicit LocalFrame(Position origin) noexcept;

  [[nodiscard]] const EarthPoint& origin() const noexcept { return origin_; }

  /// The direction of `to`, in degrees clockwise from north, 0 up to but not 360; 0 where it is the origin.
  /// At the north pole, the meridian opposite to the origin's longitude counts as north; at the south pole,
  /// its own.
  [[nodiscard]] double bearing_deg(const EarthPoint& to) const noexcept;

 private:
  EarthPoint origin_;
  EarthPoint east_;  // unit vectors
  EarthPoint north_;
};

}  // namespace geomatch::geo
