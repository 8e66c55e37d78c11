#pragma once

#include <geomatch/observe/log_level.hpp>

namespace geomatch::observe {

/// Sets up logging for the life of this object: spdlog's default logger writes to standard error from a
/// thread of its own. A caller never waits: when it can't keep up, the oldest lines are dropped. Make one in
/// main, first.
class Logging {
 public:
  explicit Logging(LogLevel level);
  ~Logging();  ///< writes what is left

  Logging(const Logging&) = delete;
  Logging& operator=(const Logging&) = delete;
};

}  // namespace geomatch::observe
