#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "eight_bytes.hpp"
#include "json_name.hpp"

namespace geomatch::codec {

/// Writes compact JSON into memory that is somebody else's, who has seen to it that there is room: nothing is
/// checked here. Members and values come in an order that makes sense; commas come by themselves.
///
/// In line: as a variable of a function that writes some members, it lies in registers, and where a comma
/// belongs is known when that function is compiled.
class JsonCursor {
 public:
  /// Writes from `at` on, with a comma before a value if `needs_comma`.
  JsonCursor(char* at, bool needs_comma) noexcept : at_(at), needs_comma_(needs_comma) {}

  [[nodiscard]] char* at() const noexcept { return at_; }  ///< behind what was written
  [[nodiscard]] bool needs_comma() const noexcept { return needs_comma_; }

  /// What each of these takes at most, its comma included.
  static constexpr std::size_t bracket_bytes = 2;
  [[nodiscard]] static constexpr std::size_t key_bytes(JsonName name) noexcept {
    return name.text().size() + 4;
  }
  static constexpr std::size_t number_bytes = 40;  // words are written whole
  [[nodiscard]] static constexpr std::size_t plain_text_bytes(std::size_t size) noexcept {
    return size + 3 + eight_bytes::size;
  }
  [[nodiscard]] static constexpr std::size_t text_bytes(std::size_t size) noexcept {
    constexpr std::size_t longest_escape = 6;  // \u001f
    return longest_escape * size + 3 + eight_bytes::size;
  }

  JsonCursor& begin_object() noexcept { return begin('{'); }
  JsonCursor& end_object() noexcept { return end('}'); }
  JsonCursor& begin_array() noexcept { return begin('['); }
  JsonCursor& end_array() noexcept { return end(']'); }

  [[gnu::always_inline]] JsonCursor& key(JsonName name) noexcept {
    char* const from = separated();
    const std::string_view text = name.text();
    *from = '"';
    std::memcpy(from + 1, text.data(), text.size());
    std::memcpy(from + 1 + text.size(), "\":", 2);
    return behind(from + 3 + text.size(), false);
  }
  JsonCursor& colon() noexcept {
    *at_ = ':';
    return behind(at_ + 1, false);
  }

  /// UTF-8; escaped as needed.
  [[gnu::always_inline]] JsonCursor& value(std::string_view text) noexcept {
    char* const from = separated();
    char* const written = write_plain(from, text);
    return behind(written != nullptr ? written : write_escaped(from, text));
  }
  /// The same, if it can be written as it is. False: there is something to be escaped, and nothing was
  /// written.
  [[nodiscard]] bool try_plain(std::string_view text) noexcept {
    char* const written = write_plain(separated(), text);
    if (written == nullptr) return false;
    behind(written);
    return true;
  }
  JsonCursor& escaped(std::string_view text) noexcept { return behind(write_escaped(separated(), text)); }

  [[gnu::always_inline]] JsonCursor& value(std::int64_t integer) noexcept {
    return number(integer < 0, magnitude_of(integer), 0);
  }
  /// See JsonWriter::fixed.
  template <int decimals>
  [[gnu::always_inline]] JsonCursor& fixed(std::int64_t units) noexcept {
    static_assert(decimals > 0 && decimals <= 8);
    constexpr std::uint64_t scale = power_of_ten(decimals);
    const auto magnitude = magnitude_of(units);
    const auto fraction = static_cast<std::uint32_t>(magnitude % scale);
    return number(units < 0, magnitude / scale,
                  decimals <= 4 ? eight_bytes::four_digits(fraction * power_of_ten(4 - decimals))
                                : eight_bytes::digits(fraction * power_of_ten(8 - decimals)));
  }

  /// A value that is JSON already.
  JsonCursor& raw(std::string_view json) noexcept {
    char* const from = separated();
    std::memcpy(from, json.data(), json.size());
    return behind(from + json.size());
  }

 private:
  [[nodiscard]] static constexpr std::uint32_t power_of_ten(int exponent) noexcept {
    return exponent <= 0 ? 1 : 10 * power_of_ten(exponent - 1);
  }
  [[nodiscard]] static constexpr std::uint64_t magnitude_of(std::int64_t integer) noexcept {
    const auto same = static_cast<std::uint64_t>(integer);
    return integer < 0 ? 0 - same : same;  // of the lowest one too
  }

  // Where a value begins, behind a comma where one belongs.
  [[nodiscard]] char* separated() noexcept {
    *at_ = ',';
    return at_ + (needs_comma_ ? 1 : 0);
  }
  JsonCursor& behind(char* written, bool needs_comma = true) noexcept {
    at_ = written;
    needs_comma_ = needs_comma;
    return *this;
  }
  JsonCursor& begin(char bracket) noexcept {
    char* const at = separated();
    *at = bracket;
    return behind(at + 1, false);
  }
  JsonCursor& end(char bracket) noexcept {
    *at_ = bracket;
    return behind(at_ + 1);
  }
  [[gnu::always_inline]] JsonCursor& number(bool negative, std::uint64_t whole,
                                            eight_bytes::Word fraction) noexcept {
    char* const from = separated();
    *from = '-';
    return behind(write_number(from + (negative ? 1 : 0), whole, fraction));
  }

  // Each of these returns what is behind what it has written.

  /// nullptr where something has to be escaped.
  [[nodiscard]] static char* write_plain(char* at, std::string_view text) noexcept;
  [[nodiscard]] static char* write_escaped(char* at, std::string_view text) noexcept;
  /// `fraction`: the values of its digits, zeros behind them.
  [[nodiscard]] static char* write_number(char* at, std::uint64_t whole, eight_bytes::Word fraction) noexcept;

  char* at_;
  bool needs_comma_;
};

}  // namespace geomatch::codec
