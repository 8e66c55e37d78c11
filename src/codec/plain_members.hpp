#pragma once

#include <initializer_list>
#include <string_view>

#include "draft.hpp"
#include "members.hpp"

namespace geomatch::codec {

/// Reads an object whose text is as plain as our own writer's mostly is: no spaces, no escapes, only ASCII,
/// no nesting but that of `attributes`, no member twice. Many times faster than by way of a tree. False, with
/// the draft in any state, where the text is anything else or anything is wrong with it: then whoever wants
/// to know reads it by way of a tree. Members that no table knows are skipped.
[[nodiscard]] bool read_plain_members(std::string_view text, std::initializer_list<MemberRules> tables,
                                      Draft& draft);

}  // namespace geomatch::codec
