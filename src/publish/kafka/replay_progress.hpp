#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

namespace geomatch::publish {

/// How far the reading of a topic has come, or what it waits for. Written by one thread, read by any.
class ReplayProgress {
 public:
  // Relaxed: figures on their own.
  void expect(std::int64_t records) noexcept { expected_.fetch_add(records, std::memory_order_relaxed); }
  void advance(std::int64_t records) noexcept { read_.fetch_add(records, std::memory_order_relaxed); }

  /// Reading can't go on for this reason. To be called again and again; what lasts is logged.
  void wait_for(const std::string& reason);

  /// It goes on.
  void go_on();

  [[nodiscard]] std::string text() const;

 private:
  using Clock = std::chrono::steady_clock;

  std::atomic<std::int64_t> expected_{0};
  std::atomic<std::int64_t> read_{0};
  mutable std::mutex mutex_;
  std::string reason_;  // empty: it goes on; only the writing thread changes it
  std::string logged_;  // the writing thread's, as the next
  Clock::time_point waits_since_;
};

}  // namespace geomatch::publish
