#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>

namespace geomatch::publish {

/// Stands between posts and a log that takes none: open, it has them refused at once, instead of each after
/// its delivery time-out. It opens when a record fails and none has been delivered for a moment, and closes
/// with the next delivery: somebody has to see to it that one is tried.
class KafkaBreaker {
 public:
  using Clock = std::chrono::steady_clock;

  /// Whether posts are to be refused. Any thread, lock-free.
  [[nodiscard]] bool open() const noexcept {
    return open_.load(std::memory_order_relaxed);  // a flag on its own, nothing is read by way of it
  }

  /// Why it is open, or empty. Any thread.
  [[nodiscard]] std::string reason() const;

  // From here on by one thread: the one that gets the reports.

  void note_delivery(Clock::time_point now);
  void note_failure(Clock::time_point now, const std::string& why);

 private:
  std::atomic<bool> open_{false};
  mutable std::mutex mutex_;
  std::string reason_;

  Clock::time_point delivered_at_{};
};

}  // namespace geomatch::publish
