#pragma once

#include <geomatch/model/time.hpp>

namespace geomatch::model {

/// Where the parts get the time of day from, so that tests can set it. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;

  [[nodiscard]] virtual TimePoint now() const noexcept = 0;
};

}  // namespace geomatch::model
