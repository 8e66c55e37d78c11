#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <geomatch/codec/match_view.hpp>
#include <geomatch/model/fix.hpp>
#include <geomatch/model/time.hpp>

/// The bodies of good answers, appended to a text. Distances are written to the millimetre, bearings to
/// 0.01°, ages to the millisecond (never negative), places to 1e-7°. What an entity doesn't have (a role,
/// attributes, …) is left out.
namespace geomatch::codec {

/// `{"id":…,"distance_m":…,"bearing_deg":…,"lat":…,"lon":…,"age_s":…,"role":…,"attributes":{…}}`
void append_match(std::string& out, const MatchView& match, model::TimePoint now);

/// `[…]` of what append_match writes for each of `matches`, a range of anything that has a `fix`, a
/// `distance_m` and a `bearing_deg`.
template <class Matches>
void append_matches(std::string& out, const Matches& matches, model::TimePoint now) {
  char before = '[';
  for (const auto& match : matches) {
    out += std::exchange(before, ',');
    append_match(out, {.fix = match.fix, .distance_m = match.distance_m, .bearing_deg = match.bearing_deg},
                 now);
  }
  out += before == '[' ? "[]" : "]";
}

/// `{"id":…,"status":…,"matches":…}`, where `matches_json` is append_matches' text.
void append_match_reply(std::string& out, std::string_view id, std::string_view status,
                        std::string_view matches_json);

/// `{"matches":…}`
void append_nearby_reply(std::string& out, std::string_view matches_json);

/// `{"id":…,"lat":…,"lon":…,"timestamp":…,"received_at":…,"age_s":…,"ttl_s":…,"role":…,"accuracy":…,
/// "altitude":…,"speed":…,"heading":…,"attributes":{…}}`, times in epoch milliseconds.
void append_entity(std::string& out, const model::Fix& fix, model::TimePoint now);

}  // namespace geomatch::codec
