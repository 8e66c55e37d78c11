#pragma once

#include <string_view>

#include <geomatch/geo/position.hpp>
#include <geomatch/model/attribute.hpp>
#include <geomatch/model/fix.hpp>
#include <geomatch/model/packed_attributes.hpp>
#include <geomatch/model/time.hpp>

#include "json_name.hpp"
#include "json_writer.hpp"

/// The parts of a fix, as members of the object that `out` is in. What the fix doesn't have is left out.
namespace geomatch::codec {

void write_times(JsonWriter& out, const model::Fix& fix);     ///< `timestamp`, `received_at`
void write_measures(JsonWriter& out, const model::Fix& fix);  ///< `accuracy` to `heading`
/// `attributes`
void write_attributes(JsonWriter& out, const model::Attributes& attributes);
void write_attributes(JsonWriter& out, const model::PackedAttributes& attributes);

// These write with a JsonCursor as well. In line for the names' sake: see JsonWriter::key.

/// `lat`, `lon`
template <class Out>
[[gnu::always_inline]] inline void write_position(Out& out, geo::Position position) {
  out.key("lat");
  out.template fixed<7>(position.lat_e7);
  out.key("lon");
  out.template fixed<7>(position.lon_e7);
}

template <class Out>
[[gnu::always_inline]] inline void write_seconds(Out& out, JsonName name, model::Milliseconds duration) {
  out.key(name);
  out.template fixed<3>(duration.count());
}

/// Unless it is empty.
template <class Out>
[[gnu::always_inline]] inline void write_text(Out& out, JsonName name, std::string_view text) {
  if (!text.empty()) {
    out.key(name);
    out.value(text);
  }
}

/// A value, with no name of its own.
void write_value(JsonWriter& out, const model::AttributeValue& value);

}  // namespace geomatch::codec
