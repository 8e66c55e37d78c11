#include "attributes.hpp"

#include <string>
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
  for (std::size_t i = 0; i < draft.attributes; ++i) {
    bytes += bytes_of(draft.fix.attributes[i]);
  }
  if (bytes > draft.limits.max_attributes_bytes && !draft.from_log()) {
    draft.complain({attributes}, "must have names and texts of at most " +
                                     std::to_string(draft.limits.max_attributes_bytes) + " bytes together");
  }
}

void read_attribute(JsonScanner& in, Draft& draft) {
  auto& attribute = place(draft.fix.attributes, draft.attributes);
  attribute.name.assign(in.name());
  if (read_fact(in, {attributes, attribute.name}, draft, attribute.value)) {
    ++draft.attributes;
  }
}

}  // namespace

bool read_attributes(JsonScanner& in, Draft& draft) {
  if (!read_facts(in, attributes, draft, read_attribute)) {
    return false;
  }
  check_bytes(draft);
  return true;
}

}  // namespace geomatch::codec
