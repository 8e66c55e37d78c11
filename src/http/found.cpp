#include "found.hpp"

#include <vector>

#include <geomatch/codec/replies.hpp>
#include <geomatch/match/matcher.hpp>

namespace geomatch::http {

std::string find_and_encode(const match::Matcher& matcher, const match::Query& query) {
  thread_local match::Matches matches;
  matcher.nearest(query, matches);
  std::vector<codec::MatchView> views;
  views.reserve(matches.size());
  for (const match::Match& match : matches) {
    views.push_back({.fix = match.fix, .distance_m = match.distance_m, .bearing_deg = match.bearing_deg});
  }
  return codec::encode_matches(views, query.now);
}

}  // namespace geomatch::http
