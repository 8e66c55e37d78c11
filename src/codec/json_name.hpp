#pragma once

#include <cstddef>
#include <string_view>

namespace geomatch::codec {

/// A member's name that is known when the code is compiled, and stands in JSON as it is.
class JsonName {
 public:
  consteval JsonName(const char* name) : name_(name) {  // NOLINT(*-explicit-*): a literal is one
    for (const char c : name_) {
      if (c < 0x20 || c > 0x7E || c == '"' || c == '\\') throw "this name has to be escaped";
    }
  }

  [[nodiscard]] constexpr std::string_view text() const noexcept { return name_; }

 private:
  std::string_view name_;
};

}  // namespace geomatch::codec
