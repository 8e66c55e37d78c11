#pragma once

#include <cstdint>

#include <geomatch/geo/position.hpp>

namespace geomatch::geo {

/// What lies within a radius of a centre, for who wants to rule places out without reckoning their distance:
/// a box of latitude and longitude that holds it all, and what a unit of either is at least worth in that
/// box.
///
/// For a place `north` units (1e-7 degrees) of latitude and `east` units of longitude, the shorter way round,
/// away from the centre: if it is within the radius, then |north| <= height, |east| <= width, and
/// (north * metres_north)^2 + (east * metres_east)^2 is at most its distance_m squared.
struct Vicinity {
  static constexpr std::int64_t half_turn_e7 = 1'800'000'000;

  std::int64_t height_e7 = 0;
  std::int64_t width_e7 = 0;  ///< half_turn_e7 where a pole is near: longitude then rules out nothing
  double metres_north = 0;    ///< of a unit of latitude, at least
  double metres_east = 0;     ///< of a unit of longitude, at least; 0 where a pole is near

  Vicinity(Position center, double radius_m) noexcept;
};

}  // namespace geomatch::geo
