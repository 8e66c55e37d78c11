#pragma once

#include "draft.hpp"
#include "json_scanner.hpp"

namespace geomatch::codec {

/// Reads `where`, what a match has to be; as MemberRule::Read.
[[nodiscard]] bool read_where(JsonScanner& in, Draft& draft);

}  // namespace geomatch::codec
