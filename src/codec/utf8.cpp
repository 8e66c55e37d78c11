#include "utf8.hpp"

#include <algorithm>
#include <cstdint>

namespace geomatch::codec::utf8 {
namespace {

std::uint8_t byte_at(std::string_view text, std::size_t i) noexcept {
  return i < text.size() ? static_cast<std::uint8_t>(text[i]) : std::uint8_t{0};
}

bool within(std::uint8_t byte, int first, int last) noexcept {
  return byte >= first && byte <= last;
}

}  // namespace

// By the table of RFC 3629, section 4.
std::size_t character_bytes(std::string_view text) noexcept {
  if (text.empty()) return 0;
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

bool is_valid(std::string_view text) noexcept {
  while (!text.empty()) {
    const std::size_t bytes = character_bytes(text);
    if (bytes == 0) return false;
    text.remove_prefix(bytes);
  }
  return true;
}

std::string repaired(std::string_view text) {
  constexpr char32_t replacement = 0xFFFD;
  std::string valid;
  while (!text.empty()) {
    const std::size_t bytes = character_bytes(text);
    if (bytes == 0) {
      append(valid, replacement);
    } else {
      valid.append(text.substr(0, bytes));
    }
    text.remove_prefix(std::max<std::size_t>(1, bytes));
  }
  return valid;
}

void append(std::string& text, char32_t character) {
  const auto byte = [&text](char32_t bits) { text += static_cast<char>(bits); };
  const auto following = [&](int shift) { byte(0x80 | (character >> shift & 0x3F)); };
  if (character < 0x80) {
    byte(character);
  } else if (character < 0x800) {
    byte(0xC0 | character >> 6);
    following(0);
  } else if (character < 0x10000) {
    byte(0xE0 | character >> 12);
    following(6);
    following(0);
  } else {
    byte(0xF0 | character >> 18);
    following(12);
    following(6);
    following(0);
  }
}

}  // namespace geomatch::codec::utf8
