#pragma once

#include "draft.hpp"
#include "json_value.hpp"

namespace geomatch::codec {

/// Reads `attributes`, what is said of the entity; as MemberRule::Read.
[[nodiscard]] bool read_attributes(JsonValue& value, Draft& draft);

}  // namespace geomatch::codec
