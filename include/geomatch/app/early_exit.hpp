#pragma once

#include <string>

namespace geomatch::app {

/// Why the program ends before it serves: help was asked for, or the configuration is wrong.
struct EarlyExit {
  int status = 0;   ///< 0, or 2 for a wrong configuration
  std::string out;  ///< for standard output
  std::string err;  ///< for standard error: one line that names the setting and what it takes
};

}  // namespace geomatch::app
