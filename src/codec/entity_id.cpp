#include <cstddef>
#include <cstdint>

#include <geomatch/codec/entity_id.hpp>

#include "values.hpp"

namespace geomatch::codec {
namespace {

constexpr std::size_t max_bytes = 128;

std::uint8_t byte_at(std::string_view text, std::size_t i) noexcept {
  return i < text.size() ? static_cast<std::uint8_t>(text[i]) : std::uint8_t{0};
}

bool within(std::uint8_t byte, int first, int last) noexcept {
  return byte >= first && byte <= last;
}

// How many bytes the character at the front takes, by the table of RFC 3629, section 4; 0 if it isn't one.
std::size_t character_bytes(std::string_view text) noexcept {
  const std::uint8_t first = byte_at(text, 0);
  if (first < 0x80) return 1;
  std::uint8_t low = 0x80;
  std::uint8_t high = 0xBF;
  if (first == 0xE0) low = 0xA0;   // overlong
  if (first == 0xED) high = 0x9F;  // surrogates
  if (first == 0xF0) low = 0x90;   // overlong
  if (first == 0xF4) high = 0x8F;  // beyond U+10FFFF
  if (!within(byte_at(text, 1), low, high)) return 0;
  if (within(first, 0xC2, 0xDF)) return 2;
  if (!within(byte_at(text, 2), 0x80, 0xBF)) return 0;
  if (within(first, 0xE0, 0xEF)) return 3;
  if (!within(byte_at(text, 3), 0x80, 0xBF)) return 0;
  return within(first, 0xF0, 0xF4) ? 4 : 0;
}

bool is_utf8(std::string_view text) noexcept {
  while (!text.empty()) {
    const std::size_t bytes = character_bytes(text);
    if (bytes == 0) return false;
    text.remove_prefix(bytes);
  }
  return true;
}

}  // namespace

bool is_entity_id(std::string_view text) noexcept {
  return !text.empty() && text.size() <= max_bytes && is_utf8(text) && !has_control_characters(text);
}

}  // namespace geomatch::codec
