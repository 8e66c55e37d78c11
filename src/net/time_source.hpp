#pragma once

#include <chrono>
#include <ctime>

namespace geomatch::net {

/// Where sessions get the time from, so that tests can set it. Thread-safe.
class TimeSource {
 public:
  using Clock = std::chrono::steady_clock;

  virtual ~TimeSource() = default;

  /// What deadlines are reckoned by: never goes back.
  [[nodiscard]] virtual Clock::time_point now() const noexcept = 0;

  /// Seconds since 1970, for the Date field.
  [[nodiscard]] virtual std::time_t time_of_day() const noexcept = 0;
};

}  // namespace geomatch::net
