#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// UTF-8 as of RFC 3629.
namespace geomatch::codec::utf8 {

/// How many bytes the character at the front of `text` takes; 0 if none is there.
[[nodiscard]] std::size_t character_bytes(std::string_view text) noexcept;

[[nodiscard]] bool is_valid(std::string_view text) noexcept;

/// `text`, with U+FFFD in place of each byte that belongs to no character.
[[nodiscard]] std::string repaired(std::string_view text);

/// Appends a character: up to U+10FFFF, and no surrogate.
void append(std::string& text, char32_t character);

}  // namespace geomatch::codec::utf8
