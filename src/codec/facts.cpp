#include "facts.hpp"

#include <string>
#include <utility>
#include <variant>

namespace geomatch::codec {
namespace {

constexpr std::size_t max_name_bytes = 64;

}  // namespace

bool has_usable_name(std::string_view parent, const JsonValue::Member& member, Draft& draft) {
  if (member.occurrence > 0) {
    draft.complain_of_repetition({parent, member.name}, member.occurrence);
    return false;
  }
  if (member.name.empty() || member.name.size() > max_name_bytes) {
    draft.complain({parent, member.name},
                   "must have a name of 1 to " + std::to_string(max_name_bytes) + " bytes");
    return false;
  }
  return true;
}

std::optional<model::AttributeValue> take_fact(JsonValue& value, std::initializer_list<std::string_view> path,
                                               Draft& draft) {
  if (auto* text = std::get_if<std::string>(&value.content)) {
    return std::move(*text);
  }
  if (const auto* boolean = std::get_if<bool>(&value.content)) {
    return *boolean;
  }
  const auto* number = std::get_if<JsonNumber>(&value.content);
  if (number == nullptr) {
    draft.complain(path, "must be a string, a number, true or false");
    return std::nullopt;
  }
  if (!number->exact && !draft.from_log) {
    draft.complain(path,
                   "must be from -9007199254740992 to 9007199254740992 as an integer: send it as a string");
    return std::nullopt;
  }
  return number->value;
}

}  // namespace geomatch::codec
