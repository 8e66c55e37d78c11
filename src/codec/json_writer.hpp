#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "json_cursor.hpp"
#include "json_name.hpp"

namespace geomatch::codec {

/// Appends compact JSON to a string. The caller gives members and values in an order that makes sense; commas
/// come by themselves. Not thread-safe.
class JsonWriter {
 public:
  /// Appends to `out`, which has to outlive the writer, and is right only once the writer is finished or
  /// gone: it is ahead of what was written meanwhile.
  ///
  /// `usual_bytes`: about what will be written. The string is cleared in steps of that size before it is
  /// written to: not one that is much too large, then.
  explicit JsonWriter(std::string& out, std::size_t usual_bytes = 256) noexcept
      : out_(out), at_(out.data() + out.size()), end_(out.data() + out.size()), usual_bytes_(usual_bytes) {}
  ~JsonWriter() { finish(); }

  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  void begin_object() {
    write(JsonCursor::bracket_bytes, [](JsonCursor at) { return at.begin_object(); });
  }
  void end_object() {
    write(JsonCursor::bracket_bytes, [](JsonCursor at) { return at.end_object(); });
  }
  void begin_array() {
    write(JsonCursor::bracket_bytes, [](JsonCursor at) { return at.begin_array(); });
  }
  void end_array() {
    write(JsonCursor::bracket_bytes, [](JsonCursor at) { return at.end_array(); });
  }

  // In line, so that a name's size is known where it is copied.
  [[gnu::always_inline]] void key(JsonName name) {
    write(JsonCursor::key_bytes(name), [&](JsonCursor at) { return at.key(name); });
  }
  void escaped_key(std::string_view name);  ///< UTF-8; escaped as needed

  void value(std::string_view text);  ///< UTF-8; escaped as needed
  void value(const char* text) { value(std::string_view{text}); }
  void value(bool boolean) { raw(boolean ? "true" : "false"); }
  void value(std::int64_t integer) {
    write(JsonCursor::number_bytes, [&](JsonCursor at) { return at.value(integer); });
  }
  void value(int integer) { value(std::int64_t{integer}); }
  void value(double number);  ///< finite; the shortest text that reads back as the same double
  /// A number of `units` times 10^-`decimals`, exactly, without trailing zeros: fixed<7>(312306412) is
  /// 31.2306412.
  template <int decimals>
  void fixed(std::int64_t units) {
    write(JsonCursor::number_bytes, [&](JsonCursor at) { return at.fixed<decimals>(units); });
  }
  void raw(std::string_view json);  ///< a value that is JSON already

  /// Calls `part` with a JsonCursor, which is to come back behind what `part` has written with it: at most
  /// `most_bytes`.
  template <class Part>
  [[gnu::always_inline]] void write(std::size_t most_bytes, const Part& part) {
    if (static_cast<std::size_t>(end_ - at_) < most_bytes) [[unlikely]]
      grow(most_bytes);
    const JsonCursor cursor = part(JsonCursor{at_, needs_comma_});
    at_ = cursor.at();
    needs_comma_ = cursor.needs_comma();
    assert(at_ <= end_);
  }

  /// Leaves the string with what was written. More may be written after that.
  void finish() noexcept {
    out_.resize(static_cast<std::size_t>(at_ - out_.data()));
    end_ = at_;
  }

 private:
  void grow(std::size_t bytes);

  std::string& out_;
  char* at_;   // behind what was written
  char* end_;  // of the string, which is longer than what was written
  const std::size_t usual_bytes_;
  bool needs_comma_ = false;
};

}  // namespace geomatch::codec
