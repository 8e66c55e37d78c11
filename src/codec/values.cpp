#include "values.hpp"

#include <chrono>
#include <cmath>
#include <utility>
#include <variant>

#include "time_range.hpp"

namespace geomatch::codec {
namespace {

using model::Milliseconds;

constexpr Milliseconds longest_age = time_range::end - time_range::first;

}  // namespace

std::optional<double> as_number(const JsonValue& value) noexcept {
  const auto* number = std::get_if<JsonNumber>(&value.content);
  return number != nullptr ? std::optional{number->value} : std::nullopt;
}

std::optional<double> as_number(const JsonValue& value, double least, double most) noexcept {
  const auto number = as_number(value);
  return number && least <= *number && *number <= most ? number : std::nullopt;
}

std::optional<double> as_number_over_zero(const JsonValue& value, double most) noexcept {
  const auto number = as_number(value);
  return number && 0 < *number && *number <= most ? number : std::nullopt;
}

std::optional<int> as_integer(const JsonValue& value, int least, int most) noexcept {
  const auto number = as_number(value, least, most);
  return number && *number == std::trunc(*number) ? std::optional{static_cast<int>(*number)} : std::nullopt;
}

std::optional<model::TimePoint> as_epoch_time(const JsonValue& value) noexcept {
  constexpr auto first = static_cast<double>(time_range::first.time_since_epoch().count());
  constexpr auto end = static_cast<double>(time_range::end.time_since_epoch().count());
  const auto number = as_number(value);
  if (!number) {
    return std::nullopt;
  }
  const double milliseconds = std::trunc(*number);
  if (!(first <= milliseconds && milliseconds < end)) {
    return std::nullopt;
  }
  return model::TimePoint{Milliseconds{static_cast<Milliseconds::rep>(milliseconds)}};
}

Milliseconds to_milliseconds(double seconds_over_zero) noexcept {
  const double milliseconds = std::round(seconds_over_zero * 1000);
  if (milliseconds < 1) {
    return Milliseconds{1};
  }
  // Also where the product is infinite.
  if (milliseconds >= static_cast<double>(longest_age.count())) {
    return longest_age;
  }
  return Milliseconds{static_cast<Milliseconds::rep>(milliseconds)};
}

std::optional<std::string> take_text(JsonValue& value, std::size_t max_bytes) noexcept {
  auto* text = std::get_if<std::string>(&value.content);
  return text != nullptr && text->size() <= max_bytes ? std::optional{std::move(*text)} : std::nullopt;
}

bool take_text_into(std::string& to, JsonValue& value, std::size_t max_bytes) noexcept {
  auto text = take_text(value, max_bytes);
  if (text) {
    to = std::move(*text);
  }
  return text.has_value();
}

bool read_measure(const JsonValue& value, std::optional<double>& measure) noexcept {
  measure = as_number(value);
  return measure || std::holds_alternative<JsonValue::Null>(value.content);
}

bool read_magnitude(const JsonValue& value, std::optional<double>& magnitude) noexcept {
  if (!read_measure(value, magnitude)) {
    return false;
  }
  if (magnitude && *magnitude < 0) {
    magnitude.reset();
  }
  return true;
}

bool has_control_characters(std::string_view text) noexcept {
  unsigned char previous = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool c1 = previous == 0xC2 && byte <= 0x9F;  // U+0080 to U+009F are C2 80 to C2 9F
    if (byte < 0x20 || byte == 0x7F || c1) {
      return true;
    }
    previous = byte;
  }
  return false;
}

}  // namespace geomatch::codec
