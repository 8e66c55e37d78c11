#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "json_number.hpp"

namespace geomatch::codec {

/// A value of a JSON text. Unlike other trees this one keeps repeated members, to be refused.
struct JsonValue {
  struct Member;
  using Null = std::monostate;
  using Array = std::vector<JsonValue>;
  using Object = std::vector<Member>;  ///< in the order of the text

  std::variant<Null, bool, JsonNumber, std::string, Array, Object> content;
};

struct JsonValue::Member {
  std::string name;
  JsonValue value{};
  std::size_t occurrence = 0;  ///< how many members of this name stand before it
};

}  // namespace geomatch::codec
