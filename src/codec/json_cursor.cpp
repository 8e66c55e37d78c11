#include "json_cursor.hpp"

#include <bit>

namespace geomatch::codec {
namespace {

using eight_bytes::Word;

// The letter after the backslash where there is a short form, else 0.
char short_escape(char c) noexcept {
  switch (c) {
    case '"':
    case '\\':
      return c;
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return 0;
  }
}

bool has_to_be_escaped(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

char* write_escape(char* at, char c) noexcept {
  constexpr std::string_view hex = "0123456789abcdef";
  *at++ = '\\';
  if (const char letter = short_escape(c); letter != 0) {
    *at++ = letter;
    return at;
  }
  const auto byte = static_cast<unsigned char>(c);
  for (const char part : {'u', '0', '0', hex[byte >> 4], hex[byte & 15]}) *at++ = part;
  return at;
}

// Whether one of a word's bytes has to be escaped; those of characters beyond ASCII don't.
bool has_to_be_escaped(Word word) noexcept {
  using namespace eight_bytes;
  return ((below(word, 0x20) | equal(word, '"') | equal(word, '\\')) & ~word & high_bits) != 0;
}

// What digits' values look like.
Word shown(Word digits) noexcept {
  return digits | eight_bytes::all('0');
}

// Up to 9,999, without zeros in front. There is room for a word, here and below.
char* write_small(char* at, std::uint32_t number) noexcept {
  using namespace eight_bytes;
  const Word four = four_digits(number);
  const std::size_t zeros = first(four | Word{1} << 24);  // the last digit stays
  store(at, shown(four) >> 8 * zeros);
  return at + (4 - zeros);
}

// From 10,000 on.
[[gnu::noinline]] char* write_large(char* at, std::uint64_t number) noexcept {
  using namespace eight_bytes;
  constexpr std::uint64_t end_of_eight = 100'000'000;
  if (number < end_of_eight) {
    const Word eight = digits(static_cast<std::uint32_t>(number));
    const std::size_t zeros = first(eight);
    store(at, shown(eight) >> 8 * zeros);
    return at + (8 - zeros);
  }
  const std::uint64_t above = number / end_of_eight;
  at = above < 10'000 ? write_small(at, static_cast<std::uint32_t>(above)) : write_large(at, above);
  store(at, shown(digits(static_cast<std::uint32_t>(number % end_of_eight))));
  return at + 8;
}

}  // namespace

// Words are written whole: the last one of a text with some of those bytes before it once more, one of a
// shorter text with zeros behind it.
char* JsonCursor::write_plain(char* at, std::string_view text) noexcept {
  const char* const from = text.data();
  const std::size_t size = text.size();
  *at++ = '"';
  if (size >= eight_bytes::size) {
    const std::size_t last = size - eight_bytes::size;
    for (std::size_t i = 0;; i += eight_bytes::size) {
      if (i > last) i = last;
      const Word word = eight_bytes::load(from + i);
      if (has_to_be_escaped(word)) return nullptr;
      eight_bytes::store(at + i, word);
      if (i == last) break;
    }
  } else {
    const Word word = eight_bytes::load(from, size);
    if (has_to_be_escaped(word | eight_bytes::all(' ') << 8 * size)) return nullptr;
    eight_bytes::store(at, word);
  }
  at += size;
  *at++ = '"';
  return at;
}

char* JsonCursor::write_escaped(char* at, std::string_view text) noexcept {
  *at++ = '"';
  for (const char c : text) {
    if (has_to_be_escaped(c)) {
      at = write_escape(at, c);
    } else {
      *at++ = c;
    }
  }
  *at++ = '"';
  return at;
}

char* JsonCursor::write_number(char* at, std::uint64_t whole, Word fraction) noexcept {
  using namespace eight_bytes;
  at = whole < 10'000 ? write_small(at, static_cast<std::uint32_t>(whole)) : write_large(at, whole);
  if (fraction == 0) return at;
  // Without zeros at the end.
  *at++ = '.';
  store(at, shown(fraction));
  return at + (8 - static_cast<std::size_t>(std::countl_zero(fraction)) / 8);
}

}  // namespace geomatch::codec
