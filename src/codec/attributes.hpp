#pragma once

#include "draft.hpp"
#include "json_scanner.hpp"

namespace geomatch::codec {

/// Reads `attributes`, what is said of the entity; as MemberRule::Read.
[[nodiscard]] bool read_attributes(JsonScanner& in, Draft& draft);

}  // namespace geomatch::codec
