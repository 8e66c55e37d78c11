#pragma once

/// The World Geodetic System 1984 ellipsoid (NIMA TR8350.2, third edition, table 3.1) and what follows from
/// it.
namespace geomatch::geo::wgs84 {

inline constexpr double semi_major_axis_m = 6'378'137.0;
inline constexpr double inverse_flattening = 298.257'223'563;
inline constexpr double flattening = 1.0 / inverse_flattening;
inline constexpr double semi_minor_axis_m = semi_major_axis_m * (1.0 - flattening);
inline constexpr double eccentricity_squared = flattening * (2.0 - flattening);

/// Mean radius R1 = (2a + b) / 3 (Moritz, Geodetic Reference System 1980).
inline constexpr double mean_radius_m = (2.0 * semi_major_axis_m + semi_minor_axis_m) / 3.0;

/// The smallest radius of curvature anywhere: along the meridian at the equator, b² / a.
inline constexpr double least_curvature_radius_m = semi_minor_axis_m * semi_minor_axis_m / semi_major_axis_m;

}  // namespace geomatch::geo::wgs84
