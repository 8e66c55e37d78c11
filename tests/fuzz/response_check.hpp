#pragma once

#include <string_view>

namespace geomatch::fuzz {

/// Throws if `bytes` aren't responses, one after the other, each with a status of the
/// contract and a body that is what its Content-Type says; the last may be cut off.
void check_responses(std::string_view bytes);

}  // namespace geomatch::fuzz
