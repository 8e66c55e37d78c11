#pragma once

#include <concepts>
#include <string>
#include <string_view>

#include <geomatch/model/fix.hpp>
#include <geomatch/model/match_visitor.hpp>
#include <geomatch/model/time.hpp>

/// The bodies of good answers, appended to a text. Distances are written to the millimetre, bearings to
/// 0.01°, ages to the millisecond (never negative), places to 1e-7°. What an entity doesn't have (a role,
/// attributes, …) is left out.
namespace geomatch::codec {

/// A function that shows matches to the visitor it is given. It refers to that function, which has to outlive
/// it.
class ShowMatches {
 public:
  template <std::invocable<model::MatchVisitor> Show>
  requires(!std::same_as<Show, ShowMatches>) ShowMatches(const Show& show)
  noexcept  // NOLINT(*-explicit-*): a function is one
      : show_(&show), call_([](const void* function, model::MatchVisitor visit) {
          (*static_cast<const Show*>(function))(visit);
        }) {}

  void operator()(model::MatchVisitor visit) const { call_(show_, visit); }

 private:
  const void* show_;
  void (*call_)(const void* show, model::MatchVisitor visit);
};

/// `[{"id":…,"distance_m":…,"bearing_deg":…,"lat":…,"lon":…,"age_s":…,"role":…,"attributes":{…}},…]` of the
/// matches that `show` shows. Each is written while it is shown, and no longer looked at.
void append_matches(std::string& out, model::TimePoint now, ShowMatches show);

/// `{"id":…,"status":…,"matches":…}`, where `matches_json` is append_matches' text.
void append_match_reply(std::string& out, std::string_view id, std::string_view status,
                        std::string_view matches_json);

/// `{"matches":[…]}`, likewise.
void append_nearby_reply(std::string& out, model::TimePoint now, ShowMatches show);

/// `{"id":…,"lat":…,"lon":…,"timestamp":…,"received_at":…,"age_s":…,"ttl_s":…,"role":…,"accuracy":…,
/// "altitude":…,"speed":…,"heading":…,"attributes":{…}}`, times in epoch milliseconds.
void append_entity(std::string& out, const model::Fix& fix, model::TimePoint now);

}  // namespace geomatch::codec
