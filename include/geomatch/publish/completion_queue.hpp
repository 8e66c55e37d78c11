#pragma once

#include <functional>
#include <utility>

#include <geomatch/publish/publication_queue.hpp>

namespace geomatch::publish {

/// Settled publications on their way back to the I/O thread they came from.
class CompletionQueue {
 public:
  /// `wake` makes the I/O thread call `drain` soon; it is called from any thread, once for each time that the
  /// queue goes from empty to not, and must not block.
  explicit CompletionQueue(std::function<void()> wake) : wake_(std::move(wake)) {}

  CompletionQueue(const CompletionQueue&) = delete;
  CompletionQueue& operator=(const CompletionQueue&) = delete;

  /// While it lives, the thread that made it sees to the queue by itself: what that thread pushes wakes
  /// nobody. The thread drains the queue until it is empty before this ends.
  class Attendance {
   public:
    explicit Attendance(const CompletionQueue& queue) noexcept : before_(std::exchange(attended_, &queue)) {}
    ~Attendance() { attended_ = before_; }

    Attendance(const Attendance&) = delete;
    Attendance& operator=(const Attendance&) = delete;

   private:
    const CompletionQueue* before_;
  };

  /// Appends the chain `first` to `last`. Any thread.
  void push(Publication& first, Publication& last) noexcept;

  /// Completes all there are, in order. Only on the I/O thread.
  void drain() noexcept;

  /// Whether there is nothing to drain. Only on the I/O thread.
  [[nodiscard]] bool empty() const noexcept { return queue_.empty(); }

 private:
  static inline thread_local const CompletionQueue* attended_ = nullptr;

  PublicationQueue queue_;
  std::function<void()> wake_;
};

}  // namespace geomatch::publish
