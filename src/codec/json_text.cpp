#include "json_text.hpp"

#include <charconv>
#include <cstdint>
#include <string_view>

#include "utf8.hpp"

namespace geomatch::codec::json_text {
namespace {

// The four hexadecimal digits at `at`, or -1.
std::int32_t read_unit(const char* at, const char* end) noexcept {
  constexpr std::ptrdiff_t digits = 4;
  if (end - at < digits || *at == '-') return -1;
  std::int32_t unit = 0;
  const auto read = std::from_chars(at, at + digits, unit, 16);
  return read.ptr == at + digits ? unit : -1;
}

bool is_high_surrogate(std::int32_t unit) noexcept {
  return unit >= 0xD800 && unit < 0xDC00;
}
bool is_low_surrogate(std::int32_t unit) noexcept {
  return unit >= 0xDC00 && unit < 0xE000;
}

// These three take the escape whose backslash or `\u` is passed, and return where it ends, or nullptr.

const char* take_pair(std::int32_t high, const char* at, const char* end, std::string& meaning) {
  if (!std::string_view{at, end}.starts_with("\\u")) return nullptr;
  const auto low = read_unit(at + 2, end);
  if (!is_low_surrogate(low)) return nullptr;
  utf8::append(meaning, static_cast<char32_t>(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)));
  return at + 6;
}

const char* take_unit(const char* at, const char* end, std::string& meaning) {
  const auto unit = read_unit(at, end);
  if (unit < 0 || is_low_surrogate(unit)) return nullptr;
  if (is_high_surrogate(unit)) return take_pair(unit, at + 4, end, meaning);
  utf8::append(meaning, static_cast<char32_t>(unit));
  return at + 4;
}

const char* take_escape(const char* at, const char* end, std::string& meaning) {
  constexpr std::string_view letters = "\"\\/bfnrt";
  constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
  if (at == end) return nullptr;
  if (*at == 'u') return take_unit(at + 1, end, meaning);
  const auto which = letters.find(*at);
  if (which == std::string_view::npos) return nullptr;
  meaning += meanings[which];
  return at + 1;
}

// Where the character at `at` ends, which isn't ASCII; nullptr where it is no character or a control.
const char* pass_character(const char* at, const char* end) noexcept {
  const auto bytes = utf8::character_bytes({at, end});
  return bytes > 1 ? at + bytes : nullptr;
}

}  // namespace

const char* pass_rest(const char* begin, const char* at, const char* end, std::string& meaning) {
  const char* copied = begin;
  while (at != nullptr) {
    at = pass_plain(at, end);
    if (at == end) return nullptr;
    if (*at == '"') {
      if (!meaning.empty()) meaning.append(copied, at);
      return at;
    }
    if (*at == '\\') {
      meaning.append(copied, at);
      copied = at = take_escape(at + 1, end, meaning);
    } else {
      at = pass_character(at, end);
    }
  }
  return nullptr;
}

}  // namespace geomatch::codec::json_text
