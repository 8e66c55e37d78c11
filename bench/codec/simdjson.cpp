#include <simdjson.h>

#include "members_by_name.hpp"
#include "reference_readers.hpp"

namespace geomatch::bench {
namespace {

// What it reads past the end of: a copy, as bodies have no padding.
class Padded {
 public:
  simdjson::padded_string_view of(std::string_view body) {
    text_.reserve(body.size() + simdjson::SIMDJSON_PADDING);
    text_.assign(body);
    return simdjson::padded_string_view{text_.data(), text_.size(), text_.capacity()};
  }

 private:
  std::string text_;
};

}  // namespace

bool read_by_simdjson_dom(std::string_view body, Members& members) {
  static simdjson::dom::parser parser;
  static Padded padded;
  const auto text = padded.of(body);
  simdjson::dom::object object;
  if (parser.parse(text.data(), text.size(), false).get(object) != simdjson::SUCCESS) return false;
  for (const auto& [name, value] : object) {
    std::string_view string;
    double number = 0;
    if (value.get(string) == simdjson::SUCCESS) keep_text(members, name, string);
    if (value.get(number) == simdjson::SUCCESS) keep_number(members, name, number);
  }
  return true;
}

bool read_by_simdjson_on_demand(std::string_view body, Members& members) {
  namespace ondemand = simdjson::ondemand;
  static ondemand::parser parser;
  static Padded padded;
  ondemand::document document;
  ondemand::object object;
  if (parser.iterate(padded.of(body)).get(document) != simdjson::SUCCESS) return false;
  if (document.get_object().get(object) != simdjson::SUCCESS) return false;
  for (auto field : object) {
    std::string_view name;
    ondemand::value value;
    ondemand::json_type type;
    if (field.unescaped_key().get(name) != simdjson::SUCCESS) return false;
    if (field.value().get(value) != simdjson::SUCCESS) return false;
    if (value.type().get(type) != simdjson::SUCCESS) return false;
    std::string_view string;
    double number = 0;
    if (type == ondemand::json_type::string) {
      if (value.get(string) != simdjson::SUCCESS) return false;
      keep_text(members, name, string);
    } else if (type == ondemand::json_type::number) {
      if (value.get(number) != simdjson::SUCCESS) return false;
      keep_number(members, name, number);
    }
  }
  return true;
}

}  // namespace geomatch::bench
