#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <geomatch/model/time.hpp>

#include "json_value.hpp"

/// From JSON to the values of the model. nullopt or false: it isn't what was asked for.
namespace geomatch::codec {

[[nodiscard]] std::optional<double> as_number(const JsonValue& value) noexcept;

/// A number from `least` to `most`.
[[nodiscard]] std::optional<double> as_number(const JsonValue& value, double least, double most) noexcept;

/// A number over 0, up to `most`.
[[nodiscard]] std::optional<double> as_number_over_zero(const JsonValue& value, double most) noexcept;

/// A number without a fraction, from `least` to `most`. 10.0 is one.
[[nodiscard]] std::optional<int> as_integer(const JsonValue& value, int least, int most) noexcept;

/// Milliseconds since 1970, their fraction cut, within time_range.
[[nodiscard]] std::optional<model::TimePoint> as_epoch_time(const JsonValue& value) noexcept;

/// To the nearest millisecond, but at least one and at most what no two timestamps are apart.
[[nodiscard]] model::Milliseconds to_milliseconds(double seconds_over_zero) noexcept;

/// A text of up to `max_bytes`, moved from the value.
[[nodiscard]] std::optional<std::string> take_text(JsonValue& value, std::size_t max_bytes) noexcept;

/// As take_text, to where it belongs.
[[nodiscard]] bool take_text_into(std::string& to, JsonValue& value, std::size_t max_bytes) noexcept;

/// Reads a number or null, null being nullopt.
[[nodiscard]] bool read_measure(const JsonValue& value, std::optional<double>& measure) noexcept;

/// As read_measure, for what can't be negative: such numbers are how some phones say that they don't know.
[[nodiscard]] bool read_magnitude(const JsonValue& value, std::optional<double>& magnitude) noexcept;

/// Whether UTF-8 text has characters of C0, C1 or DEL.
[[nodiscard]] bool has_control_characters(std::string_view text) noexcept;

}  // namespace geomatch::codec
