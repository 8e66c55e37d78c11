#pragma once

#include <string>

namespace geomatch::app {

/// TOML with a statement a line and without comments and blanks, which CLI11's versions read differently.
///
/// Throws SettingError with the line for what they'd misread in silence: strings and arrays that don't end,
/// and backslashes. `name` is the file's, for messages.
[[nodiscard]] std::string plain_toml(const std::string& text, const std::string& name);

}  // namespace geomatch::app
