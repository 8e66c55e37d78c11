#include "found.hpp"

#include <geomatch/codec/replies.hpp>

namespace geomatch::http {

std::string encode(const std::vector<match::Match>& matches, model::TimePoint now) {
  std::vector<codec::MatchView> views;
  views.reserve(matches.size());
  for (const match::Match& match : matches) {
    views.push_back({.fix = *match.fix, .distance_m = match.distance_m, .bearing_deg = match.bearing_deg});
  }
  return codec::encode_matches(views, now);
}

}  // namespace geomatch::http
