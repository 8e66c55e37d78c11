#pragma once

namespace geomatch::codec {

/// A number of a JSON text.
struct JsonNumber {
  double value = 0;
  bool exact = true;  ///< false: written as an integer beyond ±2^53, where doubles have gaps
};

/// Reads the number that `[begin, end)` begins with, its '-' or its first digit: the nearest double, ties to
/// even;
/// "-0" is 0, "-0.0" is not. Returns where the number ends, or nullptr where none of JSON's stands or it is
/// beyond all finite doubles.
[[nodiscard]] const char* read_json_number(const char* begin, const char* end, JsonNumber& number) noexcept;

}  // namespace geomatch::codec
