#pragma once

#include "draft.hpp"
#include "json_scanner.hpp"
#include "member_table.hpp"

namespace geomatch::codec {

/// Reads the whole text that `in` is at the beginning of, an object: each member that `table` knows by its
/// rule; the others are skipped. Complains about repeated and, at the end, missing ones. False: it isn't
/// JSON.
[[nodiscard]] bool read_members(JsonScanner& in, const MemberTable& table, Draft& draft);

}  // namespace geomatch::codec
