#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string_view>

#include <geomatch/model/attribute.hpp>

#include "draft.hpp"
#include "json_value.hpp"

/// Facts by name: what `attributes` and `where` have in common.
namespace geomatch::codec {

inline constexpr std::size_t max_facts = 16;

/// Whether `member` of `parent` has a name that a fact can have and that wasn't there before; else it
/// complains.
[[nodiscard]] bool has_usable_name(std::string_view parent, const JsonValue::Member& member, Draft& draft);

/// A string, number or boolean, moved from the value; nullopt, and a complaint, for anything else.
[[nodiscard]] std::optional<model::AttributeValue> take_fact(JsonValue& value,
                                                             std::initializer_list<std::string_view> path,
                                                             Draft& draft);

}  // namespace geomatch::codec
