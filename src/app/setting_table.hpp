#pragma once

#include <functional>
#include <string>
#include <vector>

#include <geomatch/app/settings.hpp>

namespace geomatch::app {

/// One setting: what it is called, what it means and what it takes.
struct Setting {
  std::string group;        ///< its heading in --help
  std::string name;         ///< as a flag without the dashes, and as a key in the file
  std::string placeholder;  ///< stands for a value in --help
  std::string meaning;
  std::string takes;         ///< completes "it takes ...", for messages
  std::string range;         ///< the same for --help, where the placeholder says the rest; may be empty
  std::string default_text;  ///< as it would be written; empty: nothing is set
  /// Puts a value into the settings; false when it isn't one that the setting takes.
  std::function<bool(Settings&, const std::string&)> set;
  bool repeatable = false;
  bool may_hold_secrets = false;  ///< so that no message shows a value

  /// Its name in the environment: "GEOMATCH_MAX_ENTITIES".
  [[nodiscard]] std::string variable() const;
};

/// All of them, in the order of --help. "config" is among them, though `set` has nothing to do for it.
[[nodiscard]] const std::vector<Setting>& setting_table();

}  // namespace geomatch::app
