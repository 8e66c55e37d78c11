#pragma once

#include <atomic>
#include <mutex>
#include <string>

namespace geomatch::publish {

/// Whether commits succeed. Thread-safe.
class JournalHealth {
 public:
  /// How a write to the file ended: `failure` is empty when it was well. Logs when that changes.
  void report(const std::string& failure);

  /// Relaxed: a flag on its own. Who sees it late hands the writer one more record, which refuses it.
  [[nodiscard]] bool failing() const noexcept { return failing_.load(std::memory_order_relaxed); }

  /// The last failure; empty while all is well.
  [[nodiscard]] std::string reason() const;

 private:
  std::atomic<bool> failing_{false};
  mutable std::mutex mutex_;  // guards the next
  std::string failure_;
};

}  // namespace geomatch::publish
