#pragma once

#include "time_source.hpp"

namespace geomatch::net {

/// The machine's clocks.
class MachineTime final : public TimeSource {
 public:
  [[nodiscard]] Clock::time_point now() const noexcept override { return Clock::now(); }
  [[nodiscard]] std::time_t time_of_day() const noexcept override { return std::time(nullptr); }
};

}  // namespace geomatch::net
