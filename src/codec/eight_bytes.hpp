#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

/// Text, eight bytes at a time: a word holds the first byte in its lowest bits, on every machine.
namespace geomatch::codec::eight_bytes {

using Word = std::uint64_t;

inline constexpr std::size_t size = sizeof(Word);
inline constexpr Word high_bits = 0x8080808080808080;

[[nodiscard]] inline Word load(const char* at) noexcept {
  Word word;
  std::memcpy(&word, at, size);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

namespace detail {

template <class Part>
[[nodiscard]] inline Word load_part(const char* text, std::size_t at) noexcept {
  Part part;
  std::memcpy(&part, text + at, sizeof part);
  return Word{part} << 8 * at;
}

}  // namespace detail

/// The same of a text of `count` bytes, up to eight: zeros behind it, and no others are read.
[[nodiscard]] constexpr Word load(const char* text, std::size_t count) noexcept {
  if (std::is_constant_evaluated() || std::endian::native == std::endian::big) {
    Word word = 0;
    for (std::size_t i = 0; i < count; ++i) word |= Word{static_cast<unsigned char>(text[i])} << 8 * i;
    return word;
  }
  if (count == size) return load(text);
  // From both ends: what lies under both is the same.
  using detail::load_part;
  if (count >= 4) return load_part<std::uint32_t>(text, 0) | load_part<std::uint32_t>(text, count - 4);
  if (count >= 2) return load_part<std::uint16_t>(text, 0) | load_part<std::uint16_t>(text, count - 2);
  return count == 0 ? 0 : static_cast<unsigned char>(*text);
}

inline void store(char* at, Word word) noexcept {
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  std::memcpy(at, &word, size);
}

[[nodiscard]] constexpr Word all(char byte) noexcept {
  return 0x0101010101010101 * static_cast<unsigned char>(byte);
}

// Each of these sets the high bit of the bytes that it is about. Its lowest set bit is true; above that, and
// where a byte is not ASCII, it may be wrong.
[[nodiscard]] constexpr Word below(Word word, char least) noexcept {
  return word - all(least);
}
[[nodiscard]] constexpr Word equal(Word word, char byte) noexcept {
  return (word ^ all(byte)) - all(1);
}

/// The same, but never wrong.
[[nodiscard]] constexpr Word not_a_digit(Word word) noexcept {
  const Word digits = word ^ all('0');
  return (((digits & ~high_bits) + all(0x80 - 10)) | digits) & high_bits;
}

/// The number that the first `count` bytes are in decimal, all of them digits; `count` from 1 to 8.
[[nodiscard]] constexpr std::uint64_t decimal(Word word, std::size_t count) noexcept {
  word = (word ^ all('0')) << 8 * (size - count);  // zeros in front, as its first byte is the lowest
  word = word * 10 + (word >> 8);                  // in every other byte: two digits
  constexpr Word every_fourth = 0x0000'00FF'0000'00FF;
  const Word thousands = (word & every_fourth) * (1'000'000ULL << 32 | 100);
  const Word units = (word >> 16 & every_fourth) * (10'000ULL << 32 | 1);
  return (thousands + units) >> 32;
}

/// The other way round: `number`, below 10^8, as its eight digits' values, the foremost first.
[[nodiscard]] constexpr Word digits(std::uint32_t number) noexcept {
  const Word fours = number / 10'000 | Word{number % 10'000} << 32;
  const Word upper_twos = (fours * 10'486 >> 20) & 0x0000'007F'0000'007F;  // by 100
  const Word twos = upper_twos | (fours - upper_twos * 100) << 16;
  const Word upper_ones = (twos * 103 >> 10) & 0x000F'000F'000F'000F;  // by 10
  return upper_ones | (twos - upper_ones * 10) << 8;
}

/// The same of a `number` below 10^4, in four bytes.
[[nodiscard]] constexpr Word four_digits(std::uint32_t number) noexcept {
  const std::uint32_t upper_two = number * 10'486 >> 20;
  const std::uint32_t twos = upper_two | (number - upper_two * 100) << 16;
  const std::uint32_t upper_ones = (twos * 103 >> 10) & 0x000F'000F;
  return upper_ones | (twos - upper_ones * 10) << 8;
}

/// The number of the first byte whose high bit is set in `marks`, which isn't 0.
[[nodiscard]] constexpr std::size_t first(Word marks) noexcept {
  return static_cast<std::size_t>(std::countr_zero(marks)) / 8;
}

}  // namespace geomatch::codec::eight_bytes
