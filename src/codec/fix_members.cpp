#include <array>
#include <utility>

#include <geomatch/codec/entity_id.hpp>

#include "attributes.hpp"
#include "members.hpp"
#include "values.hpp"

namespace geomatch::codec {
namespace {

constexpr std::size_t max_id_bytes = 128;
constexpr std::size_t max_uuid_bytes = 64;
constexpr double max_lat_deg = 90;
constexpr double max_lon_deg = 180;
constexpr double max_heading_deg = 360;
constexpr double min_ttl_s = 1;
constexpr double max_ttl_s = std::chrono::duration<double>(model::Fix::max_ttl).count();

bool read_id(JsonValue& value, Draft& draft) {
  auto id = take_text(value, max_id_bytes);
  if (!id || !is_entity_id(*id)) {
    return false;
  }
  draft.post.fix.id = std::move(*id);
  return true;
}

bool read_lat(JsonValue& value, Draft& draft) {
  draft.lat_deg = as_number(value, -max_lat_deg, max_lat_deg);
  return draft.lat_deg.has_value();
}

bool read_lon(JsonValue& value, Draft& draft) {
  draft.lon_deg = as_number(value, -max_lon_deg, max_lon_deg);
  return draft.lon_deg.has_value();
}

bool read_uuid(JsonValue& value, Draft& draft) {
  return take_text_into(draft.post.uuid, value, max_uuid_bytes);
}

bool read_accuracy(JsonValue& value, Draft& draft) {
  return read_magnitude(value, draft.post.fix.accuracy_m);
}

bool read_altitude(JsonValue& value, Draft& draft) {
  return read_measure(value, draft.post.fix.altitude_m);
}

bool read_speed(JsonValue& value, Draft& draft) {
  return read_magnitude(value, draft.post.fix.speed_mps);
}

bool read_heading(JsonValue& value, Draft& draft) {
  auto& heading = draft.post.fix.heading_deg;
  return read_magnitude(value, heading) && heading.value_or(0) <= max_heading_deg;
}

bool read_role(JsonValue& value, Draft& draft) {
  return take_text_into(draft.post.fix.role, value, max_role_bytes);
}

bool read_ttl(JsonValue& value, Draft& draft) {
  const auto seconds = as_number(value, min_ttl_s, max_ttl_s);
  if (!seconds) {
    return false;
  }
  draft.post.fix.ttl = to_milliseconds(*seconds);
  draft.post.given.ttl_s = true;
  return true;
}

constexpr std::array fix_rules{
    MemberRule{"id", "a string of 1 to 128 bytes without control characters", read_id, true},
    MemberRule{"lat", "a number from -90 to 90", read_lat, true},
    MemberRule{"lon", "a number from -180 to 180", read_lon, true},
    MemberRule{"uuid", "a string of up to 64 bytes", read_uuid},
    MemberRule{"accuracy", "a number of metres, or null", read_accuracy},
    MemberRule{"altitude", "a number of metres, or null", read_altitude},
    MemberRule{"speed", "a number of metres per second, or null", read_speed},
    MemberRule{"heading", "a number of degrees from 0 to 360, or null", read_heading},
    MemberRule{"role", "a string of up to 32 bytes", read_role},
    MemberRule{"ttl_s", "a number of seconds from 1 to 86400", read_ttl},
    MemberRule{"attributes", "an object of up to 16 strings, numbers and booleans", read_attributes},
};

}  // namespace

MemberRules fix_members() noexcept {
  return fix_rules;
}

}  // namespace geomatch::codec
