#include "values.hpp"

#include <chrono>
#include <cmath>

#include "eight_bytes.hpp"
#include "time_range.hpp"

namespace geomatch::codec {
namespace {

using model::Milliseconds;

constexpr std::size_t max_id_bytes = 128;
constexpr Milliseconds longest_age = time_range::end - time_range::first;

}  // namespace

bool read_number(JsonScanner& in, double& number) {
  if (!in.at_number()) {
    in.skip();
    return false;
  }
  number = in.number();
  return true;
}

bool read_number(JsonScanner& in, double least, double most, double& number) {
  double read = 0;
  if (!read_number(in, read) || !(least <= read && read <= most)) {
    return false;
  }
  number = read;
  return true;
}

bool read_number_over_zero(JsonScanner& in, double most, double& number) {
  double read = 0;
  if (!read_number(in, read) || !(0 < read && read <= most)) {
    return false;
  }
  number = read;
  return true;
}

bool read_integer(JsonScanner& in, int least, int most, int& integer) {
  double read = 0;
  if (!read_number(in, least, most, read) || static_cast<int>(read) != read) {
    return false;
  }
  integer = static_cast<int>(read);
  return true;
}

std::optional<model::TimePoint> read_epoch_time(JsonScanner& in) {
  constexpr auto first = static_cast<double>(time_range::first.time_since_epoch().count());
  constexpr auto end = static_cast<double>(time_range::end.time_since_epoch().count());
  double number = 0;
  if (!read_number(in, number)) {
    return std::nullopt;
  }
  const double milliseconds = std::trunc(number);
  if (!(first <= milliseconds && milliseconds < end)) {
    return std::nullopt;
  }
  return model::TimePoint{Milliseconds{static_cast<Milliseconds::rep>(milliseconds)}};
}

Milliseconds to_milliseconds(double seconds_over_zero) noexcept {
  const double milliseconds = std::round(seconds_over_zero * 1000);
  if (milliseconds < 1) {
    return Milliseconds{1};
  }
  // Also where the product is infinite.
  if (milliseconds >= static_cast<double>(longest_age.count())) {
    return longest_age;
  }
  return Milliseconds{static_cast<Milliseconds::rep>(milliseconds)};
}

std::optional<std::string_view> read_text(JsonScanner& in) {
  if (in.peek() == '"') return in.text();
  in.skip();
  return std::nullopt;
}

bool read_text(JsonScanner& in, std::size_t max_bytes, std::string& text) {
  const auto found = read_text(in);
  if (!found || found->size() > max_bytes) {
    return false;
  }
  text.assign(*found);
  return true;
}

bool read_measure(JsonScanner& in, std::optional<double>& measure) {
  const bool null = in.peek() == 'n';
  double number = 0;
  if (read_number(in, number)) {
    measure = number;
  } else if (null) {
    measure.reset();
  } else {
    return false;
  }
  return true;
}

bool read_magnitude(JsonScanner& in, std::optional<double>& magnitude) {
  if (!read_measure(in, magnitude)) {
    return false;
  }
  if (magnitude && *magnitude < 0) {
    magnitude.reset();
  }
  return true;
}

bool has_size_of_id(std::string_view text) noexcept {
  return !text.empty() && text.size() <= max_id_bytes;
}

bool has_control_characters(std::string_view text) noexcept {
  const char* at = text.data();
  const char* const end = at + text.size();
  using namespace eight_bytes;
  // Eight of ASCII that are none of them say nothing about what follows.
  for (; end - at >= std::ptrdiff_t{size}; at += size) {
    const Word word = load(at);
    if (((below(word, 0x20) | equal(word, 0x7F) | word) & high_bits) != 0) break;
  }
  unsigned char previous = 0;
  for (; at != end; ++at) {
    const auto byte = static_cast<unsigned char>(*at);
    const bool c1 = previous == 0xC2 && byte <= 0x9F;  // U+0080 to U+009F are C2 80 to C2 9F
    if (byte < 0x20 || byte == 0x7F || c1) {
      return true;
    }
    previous = byte;
  }
  return false;
}

}  // namespace geomatch::codec
