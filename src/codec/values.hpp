#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <geomatch/model/time.hpp>

#include "json_scanner.hpp"

/// From JSON to the values of the model. Each takes the next value whole, whatever it is; nullopt or false:
/// it isn't what was asked for, and where it was to go is as it was.
namespace geomatch::codec {

[[nodiscard]] bool read_number(JsonScanner& in, double& number);

/// A number from `least` to `most`.
[[nodiscard]] bool read_number(JsonScanner& in, double least, double most, double& number);

/// A number over 0, up to `most`.
[[nodiscard]] bool read_number_over_zero(JsonScanner& in, double most, double& number);

/// A number without a fraction, from `least` to `most`. 10.0 is one.
[[nodiscard]] bool read_integer(JsonScanner& in, int least, int most, int& integer);

/// Milliseconds since 1970, their fraction cut, within time_range.
[[nodiscard]] std::optional<model::TimePoint> read_epoch_time(JsonScanner& in);

/// To the nearest millisecond, but at least one and at most what no two timestamps are apart.
[[nodiscard]] model::Milliseconds to_milliseconds(double seconds_over_zero) noexcept;

[[nodiscard]] std::optional<std::string_view> read_text(JsonScanner& in);

/// A text of up to `max_bytes`.
[[nodiscard]] bool read_text(JsonScanner& in, std::size_t max_bytes, std::string& text);

/// A number or null, null being nullopt.
[[nodiscard]] bool read_measure(JsonScanner& in, std::optional<double>& measure);

/// As read_measure, for what can't be negative: such numbers are how some phones say that they don't know.
[[nodiscard]] bool read_magnitude(JsonScanner& in, std::optional<double>& magnitude);

/// Whether an id can be of this size: 1 to 128 bytes.
[[nodiscard]] bool has_size_of_id(std::string_view text) noexcept;

/// Whether UTF-8 text has characters of C0, C1 or DEL.
[[nodiscard]] bool has_control_characters(std::string_view text) noexcept;

}  // namespace geomatch::codec
