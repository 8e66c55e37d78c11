#include "json_pointer.hpp"

namespace geomatch::codec {

std::string json_pointer(std::initializer_list<std::string_view> names) {
  std::string pointer;
  for (const auto name : names) {
    pointer += '/';
    for (const char c : name) {
      if (c == '~') {
        pointer += "~0";
      } else if (c == '/') {
        pointer += "~1";
      } else {
        pointer += c;
      }
    }
  }
  return pointer;
}

}  // namespace geomatch::codec
