#include <algorithm>

#include <geomatch/geo/distance.hpp>
#include <geomatch/geo/local_frame.hpp>
#include <geomatch/geo/wide.hpp>

#include "angles.hpp"
#include "arc_tangent.hpp"
#include "chord.hpp"
#include "geocentric.hpp"

namespace geomatch::geo {
namespace {

// The unit vectors to the east and to the north at a place.
struct Axes {
  EarthPoint origin, east, north;
};

// Without branches.
inline double bearing_of(const Axes& axes, const EarthPoint& to) noexcept {
  const double dx = to.x_m - axes.origin.x_m;
  const double dy = to.y_m - axes.origin.y_m;
  const double dz = to.z_m - axes.origin.z_m;
  const double east_m = dx * axes.east.x_m + dy * axes.east.y_m;
  const double north_m = dx * axes.north.x_m + dy * axes.north.y_m + dz * axes.north.z_m;
  const double degrees = arc_tangent_deg(east_m, north_m);
  const double bearing = degrees < 0.0 ? degrees + 360.0 : degrees;
  return bearing < 360.0 ? bearing + 0.0 : 0.0;  // -1e-17 + 360 rounds to 360, and -0 is 0
}

GEOMATCH_WIDE void reckon_distances(const EarthPoint& origin, const Position* places, std::size_t count,
                                    double* ratios, double* result_m) noexcept {
  const EarthPoint from = origin;
  for (std::size_t i = 0; i < count; ++i) {
    ratios[i] = chord(from, geocentric(places[i]));
    result_m[i] = short_arc_m(ratios[i]);
  }
}

GEOMATCH_WIDE void reckon_bearings(const Axes& axes, const Position* places, std::size_t count,
                                   double* result_deg) noexcept {
  const Axes from = axes;
  for (std::size_t i = 0; i < count; ++i) result_deg[i] = bearing_of(from, geocentric(places[i]));
}

}  // namespace

LocalFrame::LocalFrame(Position origin) noexcept : origin_(EarthPoint::from(origin)) {
  const Angles at{origin};
  east_ = {.x_m = -at.sin_lon, .y_m = at.cos_lon, .z_m = 0.0};
  north_ = {.x_m = -at.sin_lat * at.cos_lon, .y_m = -at.sin_lat * at.sin_lon, .z_m = at.cos_lat};
}

double LocalFrame::bearing_deg(const EarthPoint& to) const noexcept {
  return bearing_of({.origin = origin_, .east = east_, .north = north_}, to);
}

void LocalFrame::distances_m(std::span<const Position> places, double* result_m) const noexcept {
  constexpr std::size_t at_once = 64;
  for (std::size_t first = 0; first < places.size(); first += at_once) {
    const auto some = places.subspan(first, std::min(at_once, places.size() - first));
    double ratios[at_once];
    reckon_distances(origin_, some.data(), some.size(), ratios, result_m + first);
    for (std::size_t i = 0; i < some.size(); ++i) {
      if (ratios[i] <= longest_short_chord) continue;
      result_m[first + i] = distance_m(origin_, EarthPoint::from(some[i]));
    }
  }
}

void LocalFrame::bearings_deg(std::span<const Position> places, double* result_deg) const noexcept {
  reckon_bearings({.origin = origin_, .east = east_, .north = north_}, places.data(), places.size(),
                  result_deg);
}

}  // namespace geomatch::geo
