#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

#include "backoff.hpp"

namespace geomatch::publish {

/// Stands between posts and a log that takes none: open, it has them refused at once, instead of each waiting
/// for its time-out. It opens when records are pending and none was delivered for a while, and closes with
/// the next delivery: what is pending is tried again and again, and so finds out.
class KafkaBreaker {
 public:
  using Clock = std::chrono::steady_clock;

  explicit KafkaBreaker(std::chrono::milliseconds patience) : patience_(patience) {}

  /// Whether posts are to be refused. Any thread, lock-free.
  [[nodiscard]] bool open() const noexcept {
    return open_.load(std::memory_order_relaxed);  // a flag on its own, nothing is read by way of it
  }

  /// Why it is open, or empty. Any thread.
  [[nodiscard]] std::string reason() const;

  // From here on by one thread: the one that gets the reports.

  void note_delivery(Clock::time_point now);

  /// Nothing can be written, until somebody allows it or another producer does better.
  void note_refusal(Clock::time_point now, const std::string& why);

  /// Whether to send a probe now. True once for each.
  [[nodiscard]] bool probe_due(Clock::time_point now);

  /// Looks how things stand while `pending` records have no outcome. To be called often.
  void look(Clock::time_point now, std::size_t pending);

 private:
  void set(std::string reason);

  const std::chrono::milliseconds patience_;
  Clock::time_point well_at_{Clock::now()};  // something was delivered, or there was nothing to deliver
  bool refused_ = false;
  Clock::time_point probe_at_{};
  Backoff between_probes_{std::chrono::milliseconds{100}, std::chrono::milliseconds{1'000}};
  std::atomic<bool> open_{false};
  mutable std::mutex mutex_;
  std::string reason_;
};

}  // namespace geomatch::publish
