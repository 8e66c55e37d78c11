#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <geomatch/codec/match_view.hpp>
#include <geomatch/model/fix.hpp>
#include <geomatch/model/time.hpp>

/// The bodies of good answers, appended to a text. Distances are written to the millimetre, bearings to
/// 0.01°, ages to the millisecond (never negative), places to 1e-7°. What an entity doesn't have (a role,
/// attributes, …) is left out.
namespace geomatch::codec {

/// `[{"id":…,"distance_m":…,"bearing_deg":…,"lat":…,"lon":…,"age_s":…,"role":…,"attributes":{…}},…]` of
/// `count` matches, the `nth` of which is `match(all, nth)`.
void append_matches(std::string& out, std::size_t count, MatchView (*match)(const void* all, std::size_t nth),
                    const void* all, model::TimePoint now);

/// The same of `matches`, an array of anything that has a `fix`, a `distance_m` and a `bearing_deg`.
template <class Matches>
void append_matches(std::string& out, const Matches& matches, model::TimePoint now) {
  const auto match = [](const void* all, std::size_t nth) -> MatchView {
    const auto& its = (*static_cast<const Matches*>(all))[nth];
    return {.fix = its.fix, .distance_m = its.distance_m, .bearing_deg = its.bearing_deg};
  };
  append_matches(out, matches.size(), match, &matches, now);
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
