#pragma once

#include "given.hpp"

namespace geomatch::app {

/// The settings among NAME=VALUE entries, of which nullptr is the last. Throws SettingError for a
/// GEOMATCH_... that is neither a setting nor known to be somebody else's.
[[nodiscard]] Layer read_environment(const char* const* environment);

}  // namespace geomatch::app
