#include "json_writer.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>

namespace geomatch::codec {
namespace {

using eight_bytes::Word;

constexpr std::size_t max_escape = 6;  // \u001f

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

char* write_escaped(char* at, char c) noexcept {
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

// Marks the bytes that have to be escaped, as eight_bytes does; those of characters beyond ASCII don't.
Word to_be_escaped(Word word) noexcept {
  using namespace eight_bytes;
  return (below(word, 0x20) | equal(word, '"') | equal(word, '\\')) & ~word & high_bits;
}

// Copies bytes of `text` from `from` on up to one that has to be escaped, whose number it returns. There is
// room for the whole rest.
std::size_t copy_plain(char* at, std::string_view text, std::size_t from) noexcept {
  std::size_t i = from;
  for (; text.size() - i >= eight_bytes::size; i += eight_bytes::size) {
    const Word word = eight_bytes::load(text.data() + i);
    eight_bytes::store(at + (i - from), word);
    if (const Word marks = to_be_escaped(word); marks != 0) return i + eight_bytes::first(marks);
  }
  // What is left of a text of eight bytes or more, with some of those before it once more.
  if (i != text.size() && text.size() - from >= eight_bytes::size) {
    const std::size_t last = text.size() - eight_bytes::size;
    const Word word = eight_bytes::load(text.data() + last);
    if (to_be_escaped(word) == 0) {
      eight_bytes::store(at + (last - from), word);
      return text.size();
    }
  }
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\') return i;
    at[i - from] = c;
  }
  return i;
}

// What digits' values look like.
Word shown(Word digits) noexcept {
  return digits | eight_bytes::all('0');
}

// Without zeros in front. There is room for a word behind it.
char* write_whole(char* at, std::uint64_t number) noexcept {
  using namespace eight_bytes;
  if (number < 10'000) {
    const Word four = four_digits(static_cast<std::uint32_t>(number));
    const std::size_t zeros = first(four | Word{1} << 24);  // the last digit stays
    store(at, shown(four) >> 8 * zeros);
    return at + (4 - zeros);
  }
  if (number < 100'000'000) {
    const Word eight = digits(static_cast<std::uint32_t>(number));
    const std::size_t zeros = first(eight);
    store(at, shown(eight) >> 8 * zeros);
    return at + (8 - zeros);
  }
  at = write_whole(at, number / 100'000'000);
  store(at, shown(digits(static_cast<std::uint32_t>(number % 100'000'000))));
  return at + 8;
}

// Without zeros at the end.
char* write_fraction(char* at, Word digits) noexcept {
  if (digits == 0) return at;
  *at++ = '.';
  eight_bytes::store(at, shown(digits));
  return at + (8 - static_cast<std::size_t>(std::countl_zero(digits)) / 8);
}

}  // namespace

void JsonWriter::escaped_key(std::string_view name) {
  value(name);
  *room(1) = ':';
  ++at_;
  needs_comma_ = false;
}

void JsonWriter::value(std::string_view text) {
  char* at = separated(text.size() + 2);
  *at++ = '"';
  for (std::size_t i = 0;;) {
    const std::size_t stop = copy_plain(at, text, i);
    at += stop - i;
    if (stop == text.size()) break;
    at_ = at;
    at = write_escaped(room(max_escape + (text.size() - stop) + 1), text[stop]);
    i = stop + 1;
  }
  *at++ = '"';
  at_ = at;
  needs_comma_ = true;
}

void JsonWriter::value(std::int64_t integer) {
  write_fixed(integer < 0, magnitude_of(integer), 0);
}

void JsonWriter::value(double number) {
  constexpr double end_of_short = 100'000;  // from here on 1e+05 is shorter
  if (std::abs(number) < end_of_short && static_cast<int>(number) == number &&
      (number != 0 || !std::signbit(number))) {
    return value(static_cast<int>(number));
  }
  constexpr std::size_t max_digits = 32;
  char* const at = separated(max_digits);
  at_ = std::to_chars(at, at + max_digits, number).ptr;
  needs_comma_ = true;
}

void JsonWriter::raw(std::string_view json) {
  char* const at = separated(json.size());
  json.copy(at, json.size());
  at_ = at + json.size();
  needs_comma_ = true;
}

void JsonWriter::write_fixed(bool negative, std::uint64_t whole, Word fraction) {
  constexpr std::size_t max_bytes =
      1 + 16 + eight_bytes::size + 1 + eight_bytes::size;  // words are written whole
  char* at = separated(max_bytes);
  *at = '-';
  at = write_whole(at + (negative ? 1 : 0), whole);
  at_ = write_fraction(at, fraction);
  needs_comma_ = true;
}

void JsonWriter::grow(std::size_t bytes) {
  constexpr std::size_t step = 256;  // not more at once, as each byte is written twice: the string clears it
  const auto used = static_cast<std::size_t>(at_ - out_.data());
  const std::size_t wanted = used + std::max(bytes, step);
  const bool needs_memory = used + bytes > out_.capacity();
  out_.resize(needs_memory ? wanted : std::min(wanted, out_.capacity()));
  at_ = out_.data() + used;
  end_ = out_.data() + out_.size();
}

}  // namespace geomatch::codec
