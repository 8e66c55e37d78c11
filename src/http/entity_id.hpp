#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace geomatch::http {

/// The id that a path segment stands for; nullopt where its percent-encoding is broken or it can't be an id.
[[nodiscard]] std::optional<std::string> decode_entity_id(std::string_view segment);

}  // namespace geomatch::http
