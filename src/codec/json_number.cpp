#include "json_number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string_view>
#include <system_error>

#include "eight_bytes.hpp"

namespace geomatch::codec {
namespace {

constexpr std::uint64_t exact_integers_end = 9'007'199'254'740'992;  // 2^53
constexpr std::ptrdiff_t max_word_digits = 19;                       // as many always fit into 64 bits

// Those powers of ten that are doubles.
constexpr std::array powers_of_ten{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                   1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

// These two append the digits at `at` to `digits`, which wraps around where they don't fit, and return where
// they end. The first is for few digits, the second for many.

const char* take_digits(const char* at, const char* end, std::uint64_t& digits) noexcept {
  for (; at != end && is_digit(*at); ++at) {
    digits = digits * 10 + static_cast<std::uint64_t>(*at - '0');
  }
  return at;
}

const char* take_many_digits(const char* at, const char* end, std::uint64_t& digits) noexcept {
  using namespace eight_bytes;
  constexpr std::array<std::uint64_t, size + 1> scales{1,       10,        100,        1'000,      10'000,
                                                       100'000, 1'000'000, 10'000'000, 100'000'000};
  while (end - at >= std::ptrdiff_t{size}) {
    const Word word = load(at);
    const Word marks = not_a_digit(word);
    const std::size_t count = marks != 0 ? first(marks) : size;
    if (count == 0) return at;
    digits = digits * scales[count] + decimal(word, count);
    at += count;
    if (count < size) return at;
  }
  return take_digits(at, end, digits);
}

const char* pass_digits(const char* at, const char* end) noexcept {
  while (at != end && is_digit(*at)) ++at;
  return at;
}

// The power of ten that the first digit other than zero stands for, with a limit far beyond what doubles
// have.
std::int64_t leading_power(std::string_view number) noexcept {
  const auto mantissa = number.substr(0, number.find_first_of("eE"));
  const auto point = std::min(mantissa.find('.'), mantissa.size());
  const auto first = static_cast<std::int64_t>(mantissa.find_first_of("123456789"));
  const auto ahead = static_cast<std::int64_t>(point) - first;
  std::int64_t exponent = 0;
  if (mantissa.size() < number.size()) {
    auto digits = number.substr(mantissa.size() + 1);
    if (digits.front() == '+') digits.remove_prefix(1);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    if (read.ec != std::errc{}) {
      constexpr std::int64_t far = std::numeric_limits<std::int32_t>::max();
      exponent = digits.front() == '-' ? -far : far;
    }
  }
  return exponent + (ahead > 0 ? ahead - 1 : ahead);
}

// A number that the grammar allows, from `begin` to `end`, by the standard library.
bool convert(const char* begin, const char* end, double& value) noexcept {
  if (std::from_chars(begin, end, value).ec == std::errc{}) return true;
  // It is nearer to zero than any other double, or beyond them all.
  value = *begin == '-' ? -0.0 : 0.0;
  return leading_power({begin, end}) < 0;
}

// What stands before an exponent.
struct Mantissa {
  std::uint64_t digits = 0;  // without the point; wrapped around if there are too many
  std::ptrdiff_t count = 0;
  std::ptrdiff_t decimals = 0;  // those behind the point

  [[nodiscard]] bool is_integer() const noexcept { return decimals == 0; }
  // Whether `digits` are right and, as an integer, a double.
  [[nodiscard]] bool is_double() const noexcept {
    return count <= max_word_digits && digits <= exact_integers_end;
  }
};

// Returns where it ends, or nullptr where none is.
const char* read_mantissa(const char* begin, const char* end, Mantissa& mantissa) noexcept {
  const char* const point = take_digits(begin, end, mantissa.digits);
  mantissa.count = point - begin;
  if (mantissa.count == 0 || (*begin == '0' && mantissa.count > 1)) return nullptr;
  if (point == end || *point != '.') return point;
  const char* const stop = take_many_digits(point + 1, end, mantissa.digits);
  mantissa.decimals = stop - (point + 1);
  mantissa.count += mantissa.decimals;
  return mantissa.decimals > 0 ? stop : nullptr;
}

// Returns where the exponent ends that begins with the letter at `begin`, or nullptr where none is.
const char* pass_exponent(const char* begin, const char* end) noexcept {
  const char* at = begin + 1;
  if (at != end && (*at == '+' || *at == '-')) ++at;
  const char* const stop = pass_digits(at, end);
  return stop != at ? stop : nullptr;
}

}  // namespace

const char* read_json_number(const char* begin, const char* end, JsonNumber& number) noexcept {
  const bool negative = *begin == '-';
  Mantissa mantissa;
  const char* stop = read_mantissa(begin + (negative ? 1 : 0), end, mantissa);
  if (stop == nullptr) return nullptr;
  if (stop != end && (*stop == 'e' || *stop == 'E')) {
    number.exact = true;
    stop = pass_exponent(stop, end);
    return stop != nullptr && convert(begin, stop, number.value) ? stop : nullptr;
  }
  number.exact = !mantissa.is_integer() || mantissa.is_double();
  if (!mantissa.is_double() || mantissa.decimals >= std::ssize(powers_of_ten)) {
    return convert(begin, stop, number.value) ? stop : nullptr;
  }
  // Two doubles' quotient is rounded once, to the nearest.
  number.value =
      static_cast<double>(mantissa.digits) / powers_of_ten[static_cast<std::size_t>(mantissa.decimals)];
  const bool unsigned_zero = mantissa.is_integer() && mantissa.digits == 0;  // "-0", unlike "-0.0"
  if (negative && !unsigned_zero) number.value = -number.value;
  return stop;
}

}  // namespace geomatch::codec
