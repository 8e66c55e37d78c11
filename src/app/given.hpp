#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "setting_table.hpp"

namespace geomatch::app {

/// A value as somebody wrote it, and where.
struct Given {
  const Setting* setting;
  std::string value;
  std::string source;  ///< the variable or the file; empty: a flag
};

/// What one source gives, in the order it is written in.
using Layer = std::vector<Given>;

/// A wrong configuration; what() is the line for the operator, on one line whatever was given.
class SettingError : public std::runtime_error {
 public:
  explicit SettingError(const std::string& line);
};

/// What is wrong with a value that its setting doesn't take.
[[nodiscard]] SettingError wrong_value(const Given& given);

/// The setting of this name, or nullptr.
[[nodiscard]] const Setting* find_setting(std::string_view name);

}  // namespace geomatch::app
