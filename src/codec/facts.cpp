#include "facts.hpp"

#include <string>

#include "seen_names.hpp"

namespace geomatch::codec {
namespace {

constexpr std::size_t max_facts = 16;
constexpr std::size_t max_name_bytes = 64;

bool has_usable_name(std::string_view parent, std::string_view name, std::size_t times, Draft& draft) {
  if (times > 0) {
    draft.complain_of_repetition({parent, name}, times);
    return false;
  }
  if (name.empty() || name.size() > max_name_bytes) {
    draft.complain({parent, name}, "must have a name of 1 to " + std::to_string(max_name_bytes) + " bytes");
    return false;
  }
  return true;
}

}  // namespace

bool read_facts(JsonScanner& in, std::string_view parent, Draft& draft,
                void (*read_one)(JsonScanner& in, Draft& draft)) {
  if (in.peek() != '{') {
    in.skip();
    return false;
  }
  const auto complaints = draft.errors.size();
  std::size_t count = 0;
  SeenNames names;
  in.begin_object();
  while (in.next_member()) {
    if (++count <= max_facts && has_usable_name(parent, in.name(), names.add(in.name()), draft)) {
      read_one(in, draft);
    } else {
      in.skip();
    }
  }
  if (count > max_facts) {
    draft.keep_complaints(complaints);
  }
  return count <= max_facts;
}

bool read_fact(JsonScanner& in, std::initializer_list<std::string_view> path, Draft& draft,
               model::AttributeValue& value) {
  const char c = in.peek();
  if (c == '"') {
    become<std::string>(value).assign(in.text());
  } else if (c == 't' || c == 'f') {
    value = in.boolean();
  } else if (in.at_number()) {
    const auto number = in.exact_number();
    value = number.value;
    if (!number.exact && !draft.from_log()) {
      draft.complain(path,
                     "must be from -9007199254740992 to 9007199254740992 as an integer: send it as a string");
      return false;
    }
  } else {
    in.skip();
    draft.complain(path, "must be a string, a number, true or false");
    return false;
  }
  return true;
}

}  // namespace geomatch::codec
