#include "request_text.hpp"

#include <cstdlib>
#include <iterator>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace geomatch::load {
namespace {

std::string degrees(std::int32_t e7) {
  return fmt::format("{}{}.{:07}", e7 < 0 ? "-" : "", std::abs(e7 / units_per_degree),
                     std::abs(e7 % units_per_degree));
}

class Writer {
 public:
  void add(std::string_view text) { text_.bytes += text; }

  void add_degrees(std::int32_t e7) {
    add(degrees(e7));
    text_.decimals_at.at(text_.decimals++) = static_cast<std::uint16_t>(text_.bytes.size() - 7);
  }

  RequestText take() { return std::move(text_); }
  [[nodiscard]] const RequestText& text() const { return text_; }

 private:
  RequestText text_;
};

std::pair<std::string_view, std::string_view> role_and_sought(std::size_t number) {
  return number % 2 == 0 ? std::pair{"driver", "rider"} : std::pair{"rider", "driver"};
}

RequestText body(const RequestStyle& style, std::size_t number, Place place) {
  const auto [role, seek] = role_and_sought(number);
  Writer writer;
  writer.add(fmt::format(R"({{"id":"{}-{}","lat":)", role, number + 1));
  writer.add_degrees(place.lat_e7);
  writer.add(R"(,"lon":)");
  writer.add_degrees(place.lon_e7);
  writer.add(fmt::format(R"(,"role":"{}","seek":"{}","accuracy":5,"limit":{})", role, seek, style.limit));
  const std::size_t bytes = writer.text().bytes.size() + 1;
  if (bytes < style.body_bytes) writer.add(std::string(style.body_bytes - bytes, ' '));
  writer.add("}");
  return writer.take();
}

RequestText post(const RequestStyle& style, std::size_t number, Place place) {
  RequestText text = body(style, number, place);
  const std::string head = fmt::format(
      "POST {} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
      style.path, style.host, text.bytes.size());
  text.bytes.insert(0, head);
  for (std::uint16_t& at : text.decimals_at) at = static_cast<std::uint16_t>(at + head.size());
  return text;
}

RequestText get(const RequestStyle& style) {
  RequestText text;
  text.bytes = fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\n\r\n", style.path, style.host);
  return text;
}

void add_argument(Writer& writer, std::string_view argument) {
  writer.add(fmt::format("${}\r\n{}\r\n", argument.size(), argument));
}

void add_degrees_argument(Writer& writer, std::int32_t e7) {
  writer.add(fmt::format("${}\r\n", degrees(e7).size()));
  writer.add_degrees(e7);
  writer.add("\r\n");
}

// Redis wants the longitude first.
void add_place(Writer& writer, Place place) {
  add_degrees_argument(writer, place.lon_e7);
  add_degrees_argument(writer, place.lat_e7);
}

RequestText redis(const RequestStyle& style, std::size_t number, Place place) {
  const auto [role, seek] = role_and_sought(number);
  Writer writer;
  writer.add("*5\r\n");
  add_argument(writer, "GEOADD");
  add_argument(writer, role);
  add_place(writer, place);
  add_argument(writer, fmt::format("{}-{}", role, number + 1));
  if (style.limit > 0) {
    writer.add("*13\r\n");
    add_argument(writer, "GEOSEARCH");
    add_argument(writer, seek);
    add_argument(writer, "FROMLONLAT");
    add_place(writer, place);
    for (const char* argument : {"BYRADIUS", "1", "km", "ASC", "COUNT"}) add_argument(writer, argument);
    add_argument(writer, std::to_string(style.limit));
    for (const char* argument : {"WITHCOORD", "WITHDIST"}) add_argument(writer, argument);
  }
  RequestText text = writer.take();
  std::swap(text.decimals_at[0], text.decimals_at[1]);
  std::swap(text.decimals_at[2], text.decimals_at[3]);
  return text;
}

}  // namespace

RequestText request_text(const RequestStyle& style, std::size_t number, Place place) {
  switch (style.protocol) {
    case Protocol::get:
      return get(style);
    case Protocol::redis:
      return redis(style, number, place);
    case Protocol::match:
    case Protocol::post:
      break;
  }
  return post(style, number, place);
}

std::size_t replies_each(const RequestStyle& style) {
  return style.protocol == Protocol::redis && style.limit > 0 ? 2 : 1;
}

}  // namespace geomatch::load
