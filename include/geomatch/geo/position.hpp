#pragma once

#include <compare>
#include <cstdint>

namespace geomatch::geo {

/// A place on the WGS84 ellipsoid, in units of 1e-7 degrees (at most 1.1 cm).
///
/// Fixed-point, so that the seven decimals a phone sends survive, equal places compare equal, and a place
/// fits one 64-bit word. A value type without invariants of its own: `from_degrees` makes valid ones.
struct Position {
  static constexpr double units_per_degree = 1e7;

  std::int32_t lat_e7 = 0;  ///< -900000000 to 900000000
  std::int32_t lon_e7 = 0;  ///< -1800000000 to 1800000000; both ends are the antimeridian

  /// The nearest representable place. `lat_deg` within ±90 and `lon_deg` within ±180.
  [[nodiscard]] static Position from_degrees(double lat_deg, double lon_deg) noexcept;

  [[nodiscard]] double lat_deg() const noexcept { return lat_e7 / units_per_degree; }
  [[nodiscard]] double lon_deg() const noexcept { return lon_e7 / units_per_degree; }

  friend bool operator==(const Position&, const Position&) = default;
};

}  // namespace geomatch::geo
