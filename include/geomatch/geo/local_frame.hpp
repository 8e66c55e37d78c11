#pragma once

#include <span>

#include <geomatch/geo/earth_point.hpp>
#include <geomatch/geo/position.hpp>

namespace geomatch::geo {

/// East and north as they are at one place: tells how far, and in which directions, others are from there.
/// Immutable, so safe from any thread.
class LocalFrame {
 public:
  explicit LocalFrame(Position origin) noexcept;

  [[nodiscard]] const EarthPoint& origin() const noexcept { return origin_; }

  /// The direction of `to`, in degrees clockwise from north, 0 up to but not 360; 0 where it is the origin.
  /// At the north pole, the meridian opposite to the origin's longitude counts as north; at the south pole,
  /// its own.
  [[nodiscard]] double bearing_deg(const EarthPoint& to) const noexcept;

  /// Of each of `places` its distance_m from the origin, and its bearing_deg: the same to the last bit, in a
  /// fraction of the time that they take one by one. Each result has room for as many.
  void distances_m(std::span<const Position> places, double* result_m) const noexcept;
  void bearings_deg(std::span<const Position> places, double* result_deg) const noexcept;

 private:
  EarthPoint origin_;
  EarthPoint east_;  // unit vectors
  EarthPoint north_;
};

}  // namespace geomatch::geo
