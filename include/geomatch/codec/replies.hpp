#pragma once

#include <string>
#include <string_view>

#include <geomatch/model/fix.hpp>
#include <geomatch/model/match_visitor.hpp>
#include <geomatch/model/time.hpp>

/// The bodies of good answers, appended to a text. Distances are written to the millimetre, bearings to
/// 0.01°, ages to the millisecond (never negative), places to 1e-7°. What an entity doesn't have (a role,
/// attributes, …) is left out.
namespace geomatch::codec {

/// `[{"id":…,"distance_m":…,"bearing_deg":…,"lat":…,"lon":…,"age_s":…,"role":…,"attributes":{…}},…]` of the
/// matches that `show_all(matches, visit)` shows `visit`. Each is written while it is shown, and no longer
/// looked at.
void append_matches(std::string& out, model::TimePoint now,
                    void (*show_all)(const void* matches, model::MatchVisitor visit), const void* matches);

/// The same of the matches that `show_all(visit)` shows `visit`.
template <class ShowAll>
void append_matches(std::string& out, model::TimePoint now, const ShowAll& show_all) {
  const auto call = [](const void* function, model::MatchVisitor visit) {
    (*static_cast<const ShowAll*>(function))(visit);
  };
  append_matches(out, now, call, &show_all);
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
