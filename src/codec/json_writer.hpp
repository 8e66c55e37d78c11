#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "eight_bytes.hpp"
#include "json_name.hpp"

namespace geomatch::codec {

/// Appends compact JSON to a string. The caller gives members and values in an order that makes sense; commas
/// come by themselves. Not thread-safe.
class JsonWriter {
 public:
  /// Appends to `out`, which has to outlive the writer, and is right only once the writer is finished or
  /// gone: it is ahead of what was written meanwhile.
  explicit JsonWriter(std::string& out) noexcept
      : out_(out), at_(out.data() + out.size()), end_(out.data() + out.size()) {}
  ~JsonWriter() { finish(); }

  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  void begin_object() { begin('{'); }
  void end_object() { end('}'); }
  void begin_array() { begin('['); }
  void end_array() { end(']'); }

  // In line, so that a name's size is known where it is copied.
  [[gnu::always_inline]] void key(JsonName name) {
    const std::string_view text = name.text();
    char* at = separated(text.size() + 3);
    *at++ = '"';
    std::memcpy(at, text.data(), text.size());
    at += text.size();
    *at++ = '"';
    *at++ = ':';
    at_ = at;
    needs_comma_ = false;
  }
  void escaped_key(std::string_view name);  ///< UTF-8; escaped as needed

  void value(std::string_view text);  ///< UTF-8; escaped as needed
  void value(const char* text) { value(std::string_view{text}); }
  void value(bool boolean) { raw(boolean ? "true" : "false"); }
  void value(std::int64_t integer);
  void value(int integer) { value(std::int64_t{integer}); }
  void value(double number);  ///< finite; the shortest text that reads back as the same double
  /// A number of `units` times 10^-`decimals`, exactly, without trailing zeros: fixed<7>(312306412) is
  /// 31.2306412.
  template <int decimals>
  void fixed(std::int64_t units) {
    static_assert(decimals > 0 && decimals <= 8);
    constexpr std::uint64_t scale = power_of_ten(decimals);
    const auto magnitude = magnitude_of(units);
    const auto fraction = static_cast<std::uint32_t>(magnitude % scale);
    write_fixed(units < 0, magnitude / scale,
                decimals <= 4 ? eight_bytes::four_digits(fraction * power_of_ten(4 - decimals))
                              : eight_bytes::digits(fraction * power_of_ten(8 - decimals)));
  }
  void raw(std::string_view json);  ///< a value that is JSON already

  /// Makes room for that much at once.
  void expect(std::size_t bytes) {
    if (static_cast<std::size_t>(end_ - at_) < bytes) grow(bytes);
  }

  /// Leaves the string with what was written. More may be written after that.
  void finish() noexcept {
    out_.resize(static_cast<std::size_t>(at_ - out_.data()));
    end_ = at_;
  }

 private:
  [[nodiscard]] static constexpr std::uint32_t power_of_ten(int exponent) noexcept {
    return exponent <= 0 ? 1 : 10 * power_of_ten(exponent - 1);
  }

  [[nodiscard]] static constexpr std::uint64_t magnitude_of(std::int64_t integer) noexcept {
    const auto same = static_cast<std::uint64_t>(integer);
    return integer < 0 ? 0 - same : same;  // of the lowest one too
  }

  // Where to write, with room for `bytes`.
  [[nodiscard]] char* room(std::size_t bytes) {
    if (static_cast<std::size_t>(end_ - at_) < bytes) [[unlikely]]
      grow(bytes);
    return at_;
  }
  // The same behind a comma, where one belongs before a value.
  [[nodiscard]] char* separated(std::size_t bytes) {
    char* const at = room(bytes + 1);
    *at = ',';
    return at + (needs_comma_ ? 1 : 0);
  }
  void begin(char bracket) {
    char* const at = separated(1);
    *at = bracket;
    at_ = at + 1;
    needs_comma_ = false;
  }
  void end(char bracket) {
    *room(1) = bracket;
    ++at_;
    needs_comma_ = true;
  }
  void grow(std::size_t bytes);
  /// `fraction`: the values of its digits, zeros behind them.
  void write_fixed(bool negative, std::uint64_t whole, eight_bytes::Word fraction);

  std::string& out_;
  char* at_;   // behind what was written
  char* end_;  // of the string, which is longer than what was written
  bool needs_comma_ = false;
};

}  // namespace geomatch::codec
