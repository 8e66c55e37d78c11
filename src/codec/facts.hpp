#pragma once

#include <cstddef>
#include <initializer_list>
#include <string_view>

#include <geomatch/model/attribute.hpp>

#include "draft.hpp"
#include "json_scanner.hpp"

/// Facts by name: what `attributes` and `where` have in common.
namespace geomatch::codec {

/// Takes the next value, an object, and has `read_one` read each member of it that has a name that a fact can
/// have and that wasn't there before; complains about the others. False, and it complained of nothing, if the
/// value is no object or has too many members.
[[nodiscard]] bool read_facts(JsonScanner& in, std::string_view parent, Draft& draft,
                              void (*read_one)(JsonScanner& in, Draft& draft));

/// Takes the next value, a string, number or boolean; false, and a complaint, for anything else.
[[nodiscard]] bool read_fact(JsonScanner& in, std::initializer_list<std::string_view> path, Draft& draft,
                             model::AttributeValue& value);

/// The `nth` of `list`, which may be the one behind its last: what is there of an earlier use keeps its
/// memory.
template <class List>
[[nodiscard]] typename List::reference place(List& list, std::size_t nth) {
  return nth < list.size() ? list[nth] : list.emplace_back();
}

/// The alternative of `variant` that is wanted: the one that is there, or a new one.
template <class Wanted, class Variant>
[[nodiscard]] Wanted& become(Variant& variant) {
  auto* there = std::get_if<Wanted>(&variant);
  return there != nullptr ? *there : variant.template emplace<Wanted>();
}

}  // namespace geomatch::codec
