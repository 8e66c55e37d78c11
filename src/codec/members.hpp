#pragma once

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string_view>

#include "draft.hpp"
#include "json_value.hpp"
#include "member_rule.hpp"

namespace geomatch::codec {

/// Of `role`, and of `seek`, which names one.
inline constexpr std::size_t max_role_bytes = 32;

using MemberRules = std::span<const MemberRule>;

/// What posts and records have in common: the fix and its uuid.
[[nodiscard]] MemberRules fix_members() noexcept;

/// What only a post has: the phone's time, and what it wants to be matched with.
[[nodiscard]] MemberRules post_members() noexcept;

/// What only a record has: its times, final.
[[nodiscard]] MemberRules record_members() noexcept;

/// The rule for `name`, or nullptr where no table has one.
[[nodiscard]] const MemberRule* find_rule(std::initializer_list<MemberRules> tables,
                                          std::string_view name) noexcept;

/// Reads each member that one of `tables` knows and complains about repeated and, at the end, missing ones.
void read_members(JsonValue::Object& object, std::initializer_list<MemberRules> tables, Draft& draft);

}  // namespace geomatch::codec
