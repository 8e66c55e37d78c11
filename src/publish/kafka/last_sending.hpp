#pragma once

#include <atomic>
#include <chrono>

namespace geomatch::publish {

/// When a producer last wrote records to a broker's socket: what it was given later is certainly in no log.
/// Thread-safe. Relaxed: librdkafka's own queues carry a report from the thread that wrote to the one that
/// asks, and so the time with it.
class LastSending {
 public:
  using Clock = std::chrono::steady_clock;

  void note() noexcept { at_.store(Clock::now().time_since_epoch().count(), std::memory_order_relaxed); }
  [[nodiscard]] bool before(Clock::time_point time) const noexcept {
    return Clock::time_point{Clock::duration{at_.load(std::memory_order_relaxed)}} < time;
  }

 private:
  std::atomic<Clock::rep> at_{0};
};

}  // namespace geomatch::publish
