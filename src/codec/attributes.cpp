#include "attributes.hpp"

#include <string>
#include <utility>
#include <variant>

#include "facts.hpp"

namespace geomatch::codec {
namespace {

constexpr std::string_view attributes = "attributes";

std::size_t bytes_of(const model::Attribute& attribute) noexcept {
  const auto* text = std::get_if<std::string>(&attribute.value);
  return attribute.name.size() + (text != nullptr ? text->size() : 0);
}

void check_bytes(Draft& draft) {
  std::size_t bytes = 0;
  for (const auto& attribute : draft.post.fix.attributes) {
    bytes += bytes_of(attribute);
  }
  if (bytes > draft.limits.max_attributes_bytes && !draft.from_log) {
    draft.complain({attributes}, "must have names and texts of at most " +
                                     std::to_string(draft.limits.max_attributes_bytes) + " bytes together");
  }
}

}  // namespace

bool read_attributes(JsonValue& value, Draft& draft) {
  auto* object = std::get_if<JsonValue::Object>(&value.content);
  if (object == nullptr || object->size() > max_facts) {
    return false;
  }
  draft.post.fix.attributes.reserve(object->size());
  for (auto& member : *object) {
    if (!has_usable_name(attributes, member, draft)) {
      continue;
    }
    if (auto fact = take_fact(member.value, {attributes, member.name}, draft)) {
      draft.post.fix.attributes.push_back({std::move(member.name), std::move(*fact)});
    }
  }
  check_bytes(draft);
  return true;
}

}  // namespace geomatch::codec
