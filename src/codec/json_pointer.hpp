#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace geomatch::codec {

/// The JSON Pointer (RFC 6901) of the value that `names` lead to from the root.
[[nodiscard]] std::string json_pointer(std::initializer_list<std::string_view> names);

}  // namespace geomatch::codec
