#include <algorithm>
#include <array>
#include <charconv>

#include <geomatch/codec/json_writer.hpp>

namespace geomatch::codec {
namespace {

template <class Number>
void append_number(std::string& out, Number number) {
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  out.append(buffer.data(), end);
}

bool needs_escape(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

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

void append_escaped(std::string& out, char c) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += '\\';
  if (const char letter = short_escape(c); letter != 0) {
    out += letter;
    return;
  }
  const auto byte = static_cast<unsigned char>(c);
  out += "u00";
  out += hex[byte >> 4];
  out += hex[byte & 15];
}

// `fraction` with zeros in front up to `decimals` digits, and none at the end.
void append_fraction(std::string& out, std::uint64_t fraction, int decimals) {
  while (fraction % 10 == 0) {
    fraction /= 10;
    --decimals;
  }
  const auto point = out.size();
  append_number(out, fraction);
  out.insert(point, static_cast<std::size_t>(decimals) - (out.size() - point), '0');
  out.insert(point, 1, '.');
}

}  // namespace

void JsonWriter::begin_object() {
  separate();
  out_ += '{';
  needs_comma_ = false;
}

void JsonWriter::end_object() {
  out_ += '}';
  needs_comma_ = true;
}

void JsonWriter::begin_array() {
  separate();
  out_ += '[';
  needs_comma_ = false;
}

void JsonWriter::end_array() {
  out_ += ']';
  needs_comma_ = true;
}

void JsonWriter::key(std::string_view name) {
  separate();
  quote(name);
  out_ += ':';
  needs_comma_ = false;
}

void JsonWriter::value(std::string_view text) {
  separate();
  quote(text);
}

void JsonWriter::value(bool boolean) {
  separate();
  out_ += boolean ? "true" : "false";
}

void JsonWriter::value(std::int64_t integer) {
  separate();
  append_number(out_, integer);
}

void JsonWriter::value(double number) {
  separate();
  append_number(out_, number);
}

void JsonWriter::fixed(std::int64_t units, int decimals) {
  separate();
  std::uint64_t scale = 1;
  for (int i = 0; i < decimals; ++i) {
    scale *= 10;
  }
  auto magnitude = static_cast<std::uint64_t>(units);
  if (units < 0) {
    out_ += '-';
    magnitude = 0 - magnitude;  // of the lowest integer too
  }
  append_number(out_, magnitude / scale);
  if (const auto fraction = magnitude % scale; fraction != 0) {
    append_fraction(out_, fraction, decimals);
  }
}

void JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
}

void JsonWriter::separate() {
  if (needs_comma_) {
    out_ += ',';
  }
  needs_comma_ = true;
}

void JsonWriter::quote(std::string_view text) {
  out_ += '"';
  while (!text.empty()) {
    const auto plain = static_cast<std::size_t>(std::ranges::find_if(text, needs_escape) - text.begin());
    out_.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (!text.empty()) {
      append_escaped(out_, text.front());
      text.remove_prefix(1);
    }
  }
  out_ += '"';
}

}  // namespace geomatch::codec
