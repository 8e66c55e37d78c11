#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace geomatch::codec {

/// Why a text is not JSON.
struct JsonSyntaxError {
  std::size_t offset = 0;  ///< of the byte at which it stopped being JSON; the text's size: it ends too early
  bool out_of_range = false;  ///< the text is well-formed there, but the number fits no double
};

/// What a parser that knows how to say it finds wrong with a text; nullopt if it is JSON.
[[nodiscard]] std::optional<JsonSyntaxError> find_syntax_error(std::string_view text);

}  // namespace geomatch::codec
