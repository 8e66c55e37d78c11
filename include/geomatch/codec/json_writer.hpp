#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace geomatch::codec {

/// Appends compact JSON to a string. The caller gives members and values in an order that makes sense; commas
/// come by themselves. Not thread-safe.
class JsonWriter {
 public:
  /// Appends to `out`, which has to outlive the writer.
  explicit JsonWriter(std::string& out) noexcept : out_(out) {}

  void begin_object();
  void end_object();
  void begin_array();
  void end_array();
  void key(std::string_view name);  ///< UTF-8; escaped as needed

  void value(std::string_view text);  ///< UTF-8; escaped as needed
  void value(const char* text) { value(std::string_view{text}); }
  void value(bool boolean);
  void value(std::int64_t integer);
  void value(int integer) { value(std::int64_t{integer}); }
  void value(double number);  ///< finite; the shortest text that reads back as the same double
  /// A number of `units` times 10^-`decimals`, exactly, without trailing zeros: (312306412, 7) is 31.2306412.
  /// `decimals` from 0 to 18.
  void fixed(std::int64_t units, int decimals);
  void raw(std::string_view json);  ///< a value that is JSON already

 private:
  void separate();  // the comma before a value, where one belongs
  void quote(std::string_view text);

  std::string& out_;
  bool needs_comma_ = false;
};

}  // namespace geomatch::codec
