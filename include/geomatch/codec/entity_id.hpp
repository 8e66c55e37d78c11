#pragma once

#include <string_view>

namespace geomatch::codec {

/// Whether `text` can be an entity's id: 1 to 128 bytes of UTF-8 (RFC 3629) without control characters
/// (U+0000 to U+001F, U+007F to U+009F).
[[nodiscard]] bool is_entity_id(std::string_view text) noexcept;

}  // namespace geomatch::codec
