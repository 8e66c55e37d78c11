#pragma once

#include <string>

#include <geomatch/match/matcher.hpp>
#include <geomatch/model/fix.hpp>

namespace geomatch::match {

using std::chrono::milliseconds;
using std::chrono::seconds;

inline constexpr model::TimePoint start{seconds{1'700'000'000}};

inline model::Fix fix_of(std::string id, double lat, double lon, model::TimePoint at = start) {
  model::Fix fix;
  fix.id = std::move(id);
  fix.position = geo::Position::from_degrees(lat, lon);
  fix.timestamp = at;
  fix.received_at = at;
  return fix;
}

inline Matches nearest(const Matcher& matcher, const Query& query) {
  Matches found;
  matcher.nearest(query, found);
  return found;
}

}  // namespace geomatch::match
