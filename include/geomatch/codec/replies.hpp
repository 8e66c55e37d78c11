#pragma once

#include <span>
#include <string>
#include <string_view>

#include <geomatch/codec/match_view.hpp>
#include <geomatch/model/fix.hpp>
#include <geomatch/model/time.hpp>

/// The bodies of good answers. Distances are written to the millimetre, bearings to 0.01°, ages to the
/// millisecond (never negative), places to 1e-7°. What an entity doesn't have (a role, attributes, …) is left
/// out.
namespace geomatch::codec {

/// `[{"id":…,"distance_m":…,"bearing_deg":…,"lat":…,"lon":…,"age_s":…,"role":…,"attributes":{…}},…]`
[[nodiscard]] std::string encode_matches(std::span<const MatchView> matches, model::TimePoint now);

/// `{"id":…,"status":…,"matches":…}`, where `matches_json` is encode_matches' text.
[[nodiscard]] std::string encode_match_reply(std::string_view id, std::string_view status,
                                             std::string_view matches_json);

/// `{"matches":…}`
[[nodiscard]] std::string encode_nearby_reply(std::string_view matches_json);

/// `{"id":…,"lat":…,"lon":…,"timestamp":…,"received_at":…,"age_s":…,"ttl_s":…,"role":…,"accuracy":…,
/// "altitude":…,"speed":…,"heading":…,"attributes":{…}}`, times in epoch milliseconds.
[[nodiscard]] std::string encode_entity(const model::Fix& fix, model::TimePoint now);

}  // namespace geomatch::codec
