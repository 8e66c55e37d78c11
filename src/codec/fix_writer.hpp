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

void write_position(JsonWriter& out, geo::Position position);  ///< `lat`, `lon`
void write_times(JsonWriter& out, const model::Fix& fix);      ///< `timestamp`, `received_at`
void write_measures(JsonWriter& out, const model::Fix& fix);   ///< `accuracy` to `heading`
                                                               ///< `attributes`
void write_attributes(JsonWriter& out, const model::Attributes& attributes);
void write_attributes(JsonWriter& out, const model::PackedAttributes& attributes);

// In line for the names' sake: see JsonWriter::key.

[[gnu::always_inline]] inline void write_seconds(JsonWriter& out, JsonName name,
                                                 model::Milliseconds duration) {
  out.key(name);
  out.fixed<3>(duration.count());
}

/// Unless it is empty.
[[gnu::always_inline]] inline void write_text(JsonWriter& out, JsonName name, std::string_view text) {
  if (!text.empty()) {
    out.key(name);
    out.value(text);
  }
}

/// A value, with no name of its own.
void write_value(JsonWriter& out, const model::AttributeValue& value);

}  // namespace geomatch::codec
