#pragma once

#include "draft.hpp"
#include "json_value.hpp"

namespace geomatch::codec {

/// Reads `where`, what a match has to be; as MemberRule::Read.
[[nodiscard]] bool read_where(JsonValue& value, Draft& draft);

}  // namespace geomatch::codec
