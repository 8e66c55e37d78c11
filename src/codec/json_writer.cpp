#include "json_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace geomatch::codec {

void JsonWriter::escaped_key(std::string_view name) {
  value(name);
  write(1, [](JsonCursor at) { return at.colon(); });
}

// Room for a text that is all escapes is seldom needed.
void JsonWriter::value(std::string_view text) {
  bool is_written = false;
  write(JsonCursor::plain_text_bytes(text.size()), [&](JsonCursor at) {
    is_written = at.try_plain(text);
    return at;
  });
  if (!is_written)
    write(JsonCursor::text_bytes(text.size()), [&](JsonCursor at) { return at.escaped(text); });
}

void JsonWriter::value(double number) {
  constexpr double end_of_short = 100'000;  // from here on 1e+05 is shorter
  if (std::abs(number) < end_of_short && static_cast<int>(number) == number &&
      (number != 0 || !std::signbit(number))) {
    return value(static_cast<int>(number));
  }
  constexpr std::size_t max_digits = 32;
  std::array<char, max_digits> digits;
  raw({digits.data(), std::to_chars(digits.data(), digits.data() + max_digits, number).ptr});
}

void JsonWriter::raw(std::string_view json) {
  write(json.size() + 1, [&](JsonCursor at) { return at.raw(json); });
}

void JsonWriter::grow(std::size_t bytes) {
  const auto used = static_cast<std::size_t>(at_ - out_.data());
  const std::size_t wanted = used + std::max({bytes, usual_bytes_, used});
  const bool needs_memory = used + bytes > out_.capacity();
  out_.resize(needs_memory ? wanted : std::min(wanted, out_.capacity()));
  at_ = out_.data() + used;
  end_ = out_.data() + out_.size();
}

}  // namespace geomatch::codec
