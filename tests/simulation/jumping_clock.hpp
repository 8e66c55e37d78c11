#pragma once

#include <geomatch/model/clock.hpp>

#include "scheduler.hpp"

namespace geomatch::simulation {

/// The time of day, which an operator or NTP sets now and then.
class JumpingClock final : public model::Clock {
 public:
  explicit JumpingClock(const Scheduler& scheduler) : scheduler_(scheduler) {}

  [[nodiscard]] model::TimePoint now() const noexcept override {
    return std::chrono::floor<model::Milliseconds>(model::TimePoint{std::chrono::seconds{1'700'000'000}} +
                                                   scheduler_.now().time_since_epoch() + offset_);
  }

  void jump(model::Milliseconds by) noexcept {
    latest_before_jumps_ = std::max(latest_before_jumps_, now());
    went_back_ = went_back_ || by.count() < 0;
    offset_ += by;
  }

  /// The latest time it ever showed.
  [[nodiscard]] model::TimePoint latest() const noexcept { return std::max(latest_before_jumps_, now()); }
  [[nodiscard]] bool went_back() const noexcept { return went_back_; }

 private:
  const Scheduler& scheduler_;
  model::Milliseconds offset_{0};
  model::TimePoint latest_before_jumps_{};
  bool went_back_ = false;
};

}  // namespace geomatch::simulation
