#include "members.hpp"

#include <algorithm>
#include <string>

namespace geomatch::codec {
namespace {

using Tables = std::initializer_list<MemberRules>;

void read_member(JsonValue::Member& member, const MemberRule& rule, Draft& draft) {
  if (!rule.read(member.value, draft)) {
    draft.complain({rule.name}, "must be " + std::string{rule.takes});
  }
}

void complain_of_missing(const JsonValue::Object& object, MemberRules rules, Draft& draft) {
  for (const auto& rule : rules) {
    if (rule.required && std::ranges::find(object, rule.name, &JsonValue::Member::name) == object.end()) {
      draft.complain({rule.name}, "is required: " + std::string{rule.takes});
    }
  }
}

}  // namespace

const MemberRule* find_rule(Tables tables, std::string_view name) noexcept {
  for (const auto table : tables) {
    const auto rule = std::ranges::find(table, name, &MemberRule::name);
    if (rule != table.end()) {
      return &*rule;
    }
  }
  return nullptr;
}

void read_members(JsonValue::Object& object, Tables tables, Draft& draft) {
  for (auto& member : object) {
    if (member.occurrence > 0) {
      draft.complain_of_repetition({member.name}, member.occurrence);
    } else if (const auto* rule = find_rule(tables, member.name)) {
      read_member(member, *rule, draft);
    }
  }
  for (const auto rules : tables) {
    complain_of_missing(object, rules, draft);
  }
}

}  // namespace geomatch::codec
