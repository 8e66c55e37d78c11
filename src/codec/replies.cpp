#include <algorithm>
#include <cmath>

#include <geomatch/codec/json_writer.hpp>
#include <geomatch/codec/replies.hpp>

#include "fix_writer.hpp"

namespace geomatch::codec {
namespace {

constexpr std::size_t usual_match_size = 192;
constexpr std::size_t usual_entity_size = 384;

void write_age(JsonWriter& out, const model::Fix& fix, model::TimePoint now) {
  write_seconds(out, "age_s", std::max(now - fix.timestamp, model::Milliseconds{0}));
}

void write_id(JsonWriter& out, std::string_view id) {
  out.key("id");
  out.value(id);
}

void write_distance(JsonWriter& out, double metres) {
  out.key("distance_m");
  out.fixed(std::llround(metres * 1000), 3);
}

void write_bearing(JsonWriter& out, double degrees) {
  constexpr std::int64_t full_turn = 360'00;
  out.key("bearing_deg");
  out.fixed(std::llround(degrees * 100) % full_turn, 2);  // 359.999 is seen as north, not as 360
}

void write_match(JsonWriter& out, const MatchView& match, model::TimePoint now) {
  out.begin_object();
  write_id(out, match.fix.id);
  write_distance(out, match.distance_m);
  write_bearing(out, match.bearing_deg);
  write_position(out, match.fix.position);
  write_age(out, match.fix, now);
  write_text(out, "role", match.fix.role);
  write_attributes(out, match.fix);
  out.end_object();
}

}  // namespace

std::string encode_matches(std::span<const MatchView> matches, model::TimePoint now) {
  std::string json;
  json.reserve(2 + matches.size() * usual_match_size);
  JsonWriter out{json};
  out.begin_array();
  for (const auto& match : matches) {
    write_match(out, match, now);
  }
  out.end_array();
  return json;
}

std::string encode_match_reply(std::string_view id, std::string_view status, std::string_view matches_json) {
  std::string json;
  json.reserve(64 + id.size() + matches_json.size());
  JsonWriter out{json};
  out.begin_object();
  write_id(out, id);
  out.key("status");
  out.value(status);
  out.key("matches");
  out.raw(matches_json);
  out.end_object();
  return json;
}

std::string encode_nearby_reply(std::string_view matches_json) {
  std::string json;
  json.reserve(16 + matches_json.size());
  JsonWriter out{json};
  out.begin_object();
  out.key("matches");
  out.raw(matches_json);
  out.end_object();
  return json;
}

std::string encode_entity(const model::Fix& fix, model::TimePoint now) {
  std::string json;
  json.reserve(usual_entity_size);
  JsonWriter out{json};
  out.begin_object();
  write_id(out, fix.id);
  write_position(out, fix.position);
  write_times(out, fix);
  write_age(out, fix, now);
  write_seconds(out, "ttl_s", fix.ttl);
  write_text(out, "role", fix.role);
  write_measures(out, fix);
  write_attributes(out, fix);
  out.end_object();
  return json;
}

}  // namespace geomatch::codec
