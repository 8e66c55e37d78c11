#pragma once

#include <cstdint>

#include <geomatch/observe/log_level.hpp>

namespace geomatch::observe {

/// Sets up logging for the life of this object: spdlog's default logger writes to standard error from a
/// thread of its own. A caller never waits: when it can't keep up, the oldest lines are dropped, and so are
/// those for which there is no reader. Make one in main, first.
class Logging {
 public:
  /// Throws std::system_error if there is no thread to be had.
  explicit Logging(LogLevel level);
  ~Logging();  ///< writes what is left, unless nobody reads it

  Logging(const Logging&) = delete;
  Logging& operator=(const Logging&) = delete;

  /// Lines dropped so far. Thread-safe.
  [[nodiscard]] static std::uint64_t dropped_lines() noexcept;
};

}  // namespace geomatch::observe
