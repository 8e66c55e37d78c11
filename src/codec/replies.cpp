#include <algorithm>
#include <cstdint>

#include <geomatch/codec/replies.hpp>

#include "fix_writer.hpp"

namespace geomatch::codec {
namespace {

// Of a number that isn't negative; in line, which std::llround isn't.
std::int64_t rounded(double number) noexcept {
  return static_cast<std::int64_t>(number + 0.5);
}

void write_age(JsonWriter& out, model::TimePoint timestamp, model::TimePoint now) {
  write_seconds(out, "age_s", std::max(now - timestamp, model::Milliseconds{0}));
}

void write_id(JsonWriter& out, std::string_view id) {
  out.key("id");
  out.value(id);
}

void write_distance(JsonWriter& out, double metres) {
  out.key("distance_m");
  out.fixed<3>(rounded(metres * 1000));
}

void write_bearing(JsonWriter& out, double degrees) {
  constexpr std::int64_t full_turn = 360'00;
  out.key("bearing_deg");
  out.fixed<2>(rounded(degrees * 100) % full_turn);  // 359.999 is seen as north, not as 360
}

void write_match(JsonWriter& out, const model::MatchView& match, model::TimePoint now) {
  out.begin_object();
  write_id(out, match.id);
  write_distance(out, match.distance_m);
  write_bearing(out, match.bearing_deg);
  write_position(out, match.position);
  write_age(out, match.timestamp, now);
  write_text(out, "role", match.role);
  write_attributes(out, match.attributes);
  out.end_object();
}

}  // namespace

void append_matches(std::string& json, model::TimePoint now,
                    void (*show_all)(const void* matches, model::MatchVisitor visit), const void* matches) {
  JsonWriter out{json};
  out.begin_array();
  show_all(matches, [&](const model::MatchView& match) { write_match(out, match, now); });
  out.end_array();
}

void append_match_reply(std::string& json, std::string_view id, std::string_view status,
                        std::string_view matches_json) {
  JsonWriter out{json};
  out.begin_object();
  write_id(out, id);
  out.key("status");
  out.value(status);
  out.key("matches");
  out.raw(matches_json);
  out.end_object();
}

void append_nearby_reply(std::string& json, std::string_view matches_json) {
  JsonWriter out{json};
  out.begin_object();
  out.key("matches");
  out.raw(matches_json);
  out.end_object();
}

void append_entity(std::string& json, const model::Fix& fix, model::TimePoint now) {
  JsonWriter out{json};
  out.begin_object();
  write_id(out, fix.id);
  write_position(out, fix.position);
  write_times(out, fix);
  write_age(out, fix.timestamp, now);
  write_seconds(out, "ttl_s", fix.ttl);
  write_text(out, "role", fix.role);
  write_measures(out, fix);
  write_attributes(out, fix.attributes);
  out.end_object();
}

}  // namespace geomatch::codec
