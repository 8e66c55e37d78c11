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

// What writes with a JsonWriter or with a JsonCursor is in line for the names' sake: see JsonWriter::key.

template <class Out>
[[gnu::always_inline]] inline void write_age(Out& out, model::TimePoint timestamp, model::TimePoint now) {
  write_seconds(out, "age_s", std::max(now - timestamp, model::Milliseconds{0}));
}

template <class Out>
[[gnu::always_inline]] inline void write_id(Out& out, std::string_view id) {
  out.key("id");
  out.value(id);
}

[[gnu::always_inline]] inline void write_distance(JsonCursor& out, double metres) {
  out.key("distance_m");
  out.fixed<3>(rounded(metres * 1000));
}

[[gnu::always_inline]] inline void write_bearing(JsonCursor& out, double degrees) {
  constexpr std::int64_t full_turn = 360'00;
  out.key("bearing_deg");
  out.fixed<2>(rounded(degrees * 100) % full_turn);  // 359.999 is seen as north, not as 360
}

// All but the attributes, of which there are usually none.
JsonCursor write_usual_members(JsonCursor out, const model::MatchView& match, model::TimePoint now) {
  write_id(out, match.id);
  write_distance(out, match.distance_m);
  write_bearing(out, match.bearing_deg);
  write_position(out, match.position);
  write_age(out, match.timestamp, now);
  write_text(out, "role", match.role);
  return out;
}

void write_match(JsonWriter& out, const model::MatchView& match, model::TimePoint now) {
  constexpr std::size_t most_key_bytes = JsonCursor::key_bytes("bearing_deg");
  constexpr std::size_t most_bytes_without_texts =
      2 * JsonCursor::bracket_bytes + 7 * most_key_bytes + 5 * JsonCursor::number_bytes;
  const std::size_t text_bytes =
      JsonCursor::text_bytes(match.id.size()) + JsonCursor::text_bytes(match.role.size());
  out.write(most_bytes_without_texts + text_bytes, [&](JsonCursor at) {
    at.begin_object();
    at = write_usual_members(at, match, now);
    if (match.attributes.empty()) at.end_object();
    return at;
  });
  if (match.attributes.empty()) return;
  write_attributes(out, match.attributes);
  out.end_object();
}

constexpr std::size_t usual_matches_bytes = 1024;

void write_matches(JsonWriter& out, model::TimePoint now, ShowMatches show) {
  out.begin_array();
  show([&](const model::MatchView& match) { write_match(out, match, now); });
  out.end_array();
}

}  // namespace

void append_matches(std::string& json, model::TimePoint now, ShowMatches show) {
  JsonWriter out{json, usual_matches_bytes};
  write_matches(out, now, show);
}

void append_match_reply(std::string& json, std::string_view id, std::string_view status,
                        std::string_view matches_json) {
  constexpr std::size_t usual_bytes_without_matches = 256;
  JsonWriter out{json, matches_json.size() + usual_bytes_without_matches};
  out.begin_object();
  write_id(out, id);
  out.key("status");
  out.value(status);
  out.key("matches");
  out.raw(matches_json);
  out.end_object();
}

void append_nearby_reply(std::string& json, model::TimePoint now, ShowMatches show) {
  JsonWriter out{json, usual_matches_bytes};
  out.begin_object();
  out.key("matches");
  write_matches(out, now, show);
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
