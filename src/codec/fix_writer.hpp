#pragma once

#include <string_view>

#include <geomatch/codec/json_writer.hpp>
#include <geomatch/geo/position.hpp>
#include <geomatch/model/attribute.hpp>
#include <geomatch/model/fix.hpp>
#include <geomatch/model/time.hpp>

/// The parts of a fix, as members of the object that `out` is in. What the fix doesn't have is left out.
namespace geomatch::codec {

void write_position(JsonWriter& out, geo::Position position);   ///< `lat`, `lon`
void write_times(JsonWriter& out, const model::Fix& fix);       ///< `timestamp`, `received_at`
void write_measures(JsonWriter& out, const model::Fix& fix);    ///< `accuracy` to `heading`
void write_attributes(JsonWriter& out, const model::Fix& fix);  ///< `attributes`
void write_seconds(JsonWriter& out, std::string_view name, model::Milliseconds duration);
void write_text(JsonWriter& out, std::string_view name, std::string_view text);  ///< unless it is empty

/// A value, with no name of its own.
void write_value(JsonWriter& out, const model::AttributeValue& value);

}  // namespace geomatch::codec
