#pragma once

#include "../../src/net/time_source.hpp"
#include "jumping_clock.hpp"
#include "scheduler.hpp"

namespace geomatch::simulation {

/// The simulation's time, as the sessions ask for it.
class VirtualTime final : public net::TimeSource {
 public:
  VirtualTime(const Scheduler& scheduler, const JumpingClock& clock) : scheduler_(scheduler), clock_(clock) {}

  [[nodiscard]] Clock::time_point now() const noexcept override { return scheduler_.now(); }
  [[nodiscard]] std::time_t time_of_day() const noexcept override {
    return std::chrono::system_clock::to_time_t(clock_.now());
  }

 private:
  const Scheduler& scheduler_;
  const JumpingClock& clock_;
};

}  // namespace geomatch::simulation
