#include "fix_writer.hpp"

#include <optional>
#include <variant>

namespace geomatch::codec {
namespace {

void write_time(JsonWriter& out, JsonName name, model::TimePoint time) {
  out.key(name);
  out.value(std::int64_t{time.time_since_epoch().count()});
}

void write_measure(JsonWriter& out, JsonName name, const std::optional<double>& measure) {
  if (measure) {
    out.key(name);
    out.value(*measure);
  }
}

template <class Value>
void write_any(JsonWriter& out, const Value& value) {
  std::visit([&out](const auto& content) { out.value(content); }, value);
}

template <class Attributes>
void write_all(JsonWriter& out, const Attributes& facts) {
  if (facts.empty()) {
    return;
  }
  out.key("attributes");
  out.begin_object();
  for (const auto& [name, value] : facts) {
    out.escaped_key(name);
    write_any(out, value);
  }
  out.end_object();
}

}  // namespace

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

void write_attributes(JsonWriter& out, const model::Attributes& attributes) {
  write_all(out, attributes);
}

void write_attributes(JsonWriter& out, const model::PackedAttributes& attributes) {
  write_all(out, attributes);
}

void write_value(JsonWriter& out, const model::AttributeValue& value) {
  write_any(out, value);
}

}  // namespace geomatch::codec
