#pragma once

#include <geomatch/model/clock.hpp>

namespace geomatch::model {

/// The machine's clock.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] TimePoint now() const noexcept override {
    return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
  }
};

}  // namespace geomatch::model
