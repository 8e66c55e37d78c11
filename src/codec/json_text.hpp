#pragma once

#include <cstddef>
#include <string>

#include "eight_bytes.hpp"

/// The inside of JSON's strings.
namespace geomatch::codec::json_text {

/// Whether `c` is ASCII that stands for itself.
[[nodiscard]] inline bool is_plain(char c) noexcept {
  return static_cast<unsigned char>(c - 0x20) < 0x60 && c != '"' && c != '\\';
}

/// The first byte of `[at, end)` that isn't plain; `end` if all are.
[[nodiscard]] inline const char* pass_plain(const char* at, const char* end) noexcept {
  using namespace eight_bytes;
  constexpr std::ptrdiff_t step = eight_bytes::size;
  for (; end - at >= step; at += step) {
    const Word word = load(at);
    const Word marks = (below(word, 0x20) | equal(word, '"') | equal(word, '\\') | word) & high_bits;
    if (marks != 0) return at + first(marks);
  }
  while (at != end && is_plain(*at)) ++at;
  return at;
}

/// Where the quote stands that closes the string whose inside begins at `begin` and is plain up to `at`;
/// nullptr if it is none of JSON's. If anything in it is escaped, what it means is written to `meaning`,
/// which is empty before, and stays so otherwise.
[[nodiscard]] const char* pass_rest(const char* begin, const char* at, const char* end, std::string& meaning);

}  // namespace geomatch::codec::json_text
