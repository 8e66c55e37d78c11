#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

#include <geomatch/publish/completion_queue.hpp>
#include <geomatch/publish/outcome.hpp>
#include <geomatch/publish/record.hpp>

namespace geomatch::publish {

/// Stands for an I/O thread in tests: where publications come home to, and what became of them, in order.
/// The thread that calls `await_completed` is that I/O thread. It outlives the publisher.
class PublicationRecorder {
 public:
  /// Where they come home to.
  [[nodiscard]] CompletionQueue& home() noexcept { return home_; }

  /// Completes what comes home until `count` were completed in all. False if that takes longer than
  /// `patience`.
  [[nodiscard]] bool await_completed(std::size_t count,
                                     std::chrono::milliseconds patience = std::chrono::seconds{30}) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (completed_.size() < count) {
      std::unique_lock lock{mutex_};
      if (!woken_.wait_until(lock, end, [this] { return wake_; })) return false;
      wake_ = false;
      lock.unlock();
      home_.drain();
    }
    return true;
  }

  /// What the log got, in its order. Any thread.
  [[nodiscard]] std::vector<Record> published() const {
    const std::lock_guard lock{mutex_};
    return published_;
  }

  /// What came home and how it ended, in order. Only on the I/O thread, as the next.
  [[nodiscard]] const std::vector<std::pair<Record, Outcome>>& completed() const noexcept {
    return completed_;
  }

  /// How many ended so.
  [[nodiscard]] std::size_t count(Outcome outcome) const noexcept {
    return static_cast<std::size_t>(
        std::ranges::count(completed_, outcome, &std::pair<Record, Outcome>::second));
  }

  /// Told by the publications.
  void note_published(const Record& record) {
    const std::lock_guard lock{mutex_};
    published_.push_back(record);
  }
  void note_completed(const Record& record, Outcome outcome) { completed_.emplace_back(record, outcome); }

 private:
  void wake() {
    const std::lock_guard lock{mutex_};
    wake_ = true;
    woken_.notify_one();
  }

  mutable std::mutex mutex_;  // of the next three
  std::condition_variable woken_;
  bool wake_ = false;
  std::vector<Record> published_;

  std::vector<std::pair<Record, Outcome>> completed_;
  CompletionQueue home_{[this] { wake(); }};
};

}  // namespace geomatch::publish
