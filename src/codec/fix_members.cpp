#include "fix_members.hpp"

#include <chrono>

#include "values.hpp"

namespace geomatch::codec::fix_members {
namespace {

constexpr std::size_t max_uuid_bytes = 64;
constexpr double max_lat_deg = 90;
constexpr double max_lon_deg = 180;
constexpr double max_heading_deg = 360;
constexpr double min_ttl_s = 1;
constexpr double max_ttl_s = std::chrono::duration<double>(model::Fix::max_ttl).count();

}  // namespace

bool read_id(JsonScanner& in, Draft& draft) {
  const auto id = read_text(in);
  if (!id || !has_size_of_id(*id) || has_control_characters(*id)) {
    return false;
  }
  draft.fix.id.assign(*id);
  return true;
}

bool read_lat(JsonScanner& in, Draft& draft) {
  return read_number(in, -max_lat_deg, max_lat_deg, draft.lat_deg);
}

bool read_lon(JsonScanner& in, Draft& draft) {
  return read_number(in, -max_lon_deg, max_lon_deg, draft.lon_deg);
}

bool read_uuid(JsonScanner& in, Draft& draft) {
  return read_text(in, max_uuid_bytes, draft.uuid);
}

bool read_accuracy(JsonScanner& in, Draft& draft) {
  return read_magnitude(in, draft.fix.accuracy_m);
}

bool read_altitude(JsonScanner& in, Draft& draft) {
  return read_measure(in, draft.fix.altitude_m);
}

bool read_speed(JsonScanner& in, Draft& draft) {
  return read_magnitude(in, draft.fix.speed_mps);
}

bool read_heading(JsonScanner& in, Draft& draft) {
  auto& heading = draft.fix.heading_deg;
  return read_magnitude(in, heading) && heading.value_or(0) <= max_heading_deg;
}

bool read_role(JsonScanner& in, Draft& draft) {
  return read_text(in, max_role_bytes, draft.fix.role);
}

bool read_ttl(JsonScanner& in, Draft& draft) {
  double seconds = 0;
  if (!read_number(in, min_ttl_s, max_ttl_s, seconds)) {
    return false;
  }
  draft.fix.ttl = to_milliseconds(seconds);
  draft.ttl_given = true;
  return true;
}

}  // namespace geomatch::codec::fix_members
