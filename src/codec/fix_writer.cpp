#include "fix_writer.hpp"

#include <optional>
#include <variant>

namespace geomatch::codec {
namespace {

constexpr int position_decimals = 7;

void write_time(JsonWriter& out, std::string_view name, model::TimePoint time) {
  out.key(name);
  out.value(std::int64_t{time.time_since_epoch().count()});
}

void write_measure(JsonWriter& out, std::string_view name, const std::optional<double>& measure) {
  if (measure) {
    out.key(name);
    out.value(*measure);
  }
}

}  // namespace

void write_position(JsonWriter& out, geo::Position position) {
  out.key("lat");
  out.fixed(position.lat_e7, position_decimals);
  out.key("lon");
  out.fixed(position.lon_e7, position_decimals);
}

void write_times(JsonWriter& out, const model::Fix& fix) {
  write_time(out, "timestamp", fix.timestamp);
  write_time(out, "received_at", fix.received_at);
}

void write_measures(JsonWriter& out, const model::Fix& fix) {
  write_measure(out, "accuracy", fix.accuracy_m);
  write_measure(out, "altitude", fix.altitude_m);
  write_measure(out, "speed", fix.speed_mps);
  write_measure(out, "heading", fix.heading_deg);
}

void write_attributes(JsonWriter& out, const model::Fix& fix) {
  if (fix.attributes.empty()) {
    return;
  }
  out.key("attributes");
  out.begin_object();
  for (const auto& attribute : fix.attributes) {
    out.key(attribute.name);
    write_value(out, attribute.value);
  }
  out.end_object();
}

void write_seconds(JsonWriter& out, std::string_view name, model::Milliseconds duration) {
  out.key(name);
  out.fixed(duration.count(), 3);
}

void write_text(JsonWriter& out, std::string_view name, std::string_view text) {
  if (!text.empty()) {
    out.key(name);
    out.value(text);
  }
}

void write_value(JsonWriter& out, const model::AttributeValue& value) {
  std::visit([&out](const auto& content) { out.value(content); }, value);
}

}  // namespace geomatch::codec
