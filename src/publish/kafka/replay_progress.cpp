#include "kafka/replay_progress.hpp"

#include <fmt/format.h>

#include "kafka/repeated_lines.hpp"

namespace geomatch::publish {
namespace {

// Shorter waits belong to every start: a leader is chosen, a producer gets its id.
constexpr std::chrono::seconds worth_a_line{2};

}  // namespace

void ReplayProgress::wait_for(const std::string& reason) {
  if (reason_.empty()) waits_since_ = Clock::now();
  if (reason_ != reason) {
    const std::lock_guard lock{mutex_};
    reason_ = reason;
  }
  if (logged_ == reason || Clock::now() - waits_since_ < worth_a_line) return;
  logged_ = reason;
  log_once_a_minute(spdlog::level::warn, "kafka: " + reason, reason);
}

void ReplayProgress::go_on() {
  if (reason_.empty()) return;
  logged_.clear();
  const std::lock_guard lock{mutex_};
  reason_.clear();
}

std::string ReplayProgress::text() const {
  const std::lock_guard lock{mutex_};
  if (!reason_.empty()) return reason_;
  return fmt::format("{} of {} offsets read", read_.load(std::memory_order_relaxed),
                     expected_.load(std::memory_order_relaxed));
}

}  // namespace geomatch::publish
