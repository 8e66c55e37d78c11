#pragma once

#include <geomatch/geo/position.hpp>

#include "sine_cosine.hpp"

namespace geomatch::geo {

/// The sines and cosines of a place, each within 2e-16. Exact where it matters: at a pole the cosine of the
/// latitude is zero, and the antimeridian is one line whichever sign it is written with.
struct Angles {
  double sin_lat, cos_lat, sin_lon, cos_lon;

  explicit Angles(Position position) noexcept {
    const SineCosine lat = sine_cosine(position.lat_e7);
    const SineCosine lon = sine_cosine(position.lon_e7);
    sin_lat = lat.sine;
    cos_lat = lat.cosine;
    sin_lon = lon.sine;
    cos_lon = lon.cosine;
  }
};

}  // namespace geomatch::geo
