#pragma once

#include <string_view>
#include <variant>

#include "json_syntax_error.hpp"
#include "json_tree_builder.hpp"
#include "json_value.hpp"

namespace geomatch::codec {

/// Parses one JSON text (RFC 8259). `opens` says what is looked into, see JsonTreeBuilder; all of the text is
/// checked. Strings of the tree are valid UTF-8, numbers finite. Nesting takes no stack.
[[nodiscard]] std::variant<JsonValue, JsonSyntaxError> read_json(std::string_view text,
                                                                 JsonTreeBuilder::Opens opens);

}  // namespace geomatch::codec
