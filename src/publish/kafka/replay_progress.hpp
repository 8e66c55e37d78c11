#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace geomatch::publish {

/// How far the reading of a topic has come, or what it waits for. Written by one thread, read by any.
class ReplayProgress {
 public:
  // Relaxed: figures on their own.
  void expect(std::int64_t records) noexcept { expected_.fetch_add(records, std::memory_order_relaxed); }
  void advance(std::int64_t records) noexcept { read_.fetch_add(records, std::memory_order_relaxed); }

  /// Reading can't go on for this reason; empty: it goes on. Logged when it changes.
  void wait_for(std::string reason) {
    const std::lock_guard lock{mutex_};
    if (reason == waits_for_) return;
    if (!reason.empty()) spdlog::warn("kafka: {}", reason);
    waits_for_ = std::move(reason);
  }

  /// It goes on.
  void go_on() {
    if (!waits_for_.empty()) wait_for({});  // only the thread that calls this changes it
  }

  [[nodiscard]] std::string text() const {
    const std::lock_guard lock{mutex_};
    if (!waits_for_.empty()) return waits_for_;
    return fmt::format("{} of {} offsets read", read_.load(std::memory_order_relaxed),
                       expected_.load(std::memory_order_relaxed));
  }

 private:
  std::atomic<std::int64_t> expected_{0};
  std::atomic<std::int64_t> read_{0};
  mutable std::mutex mutex_;
  std::string waits_for_;
};

}  // namespace geomatch::publish
