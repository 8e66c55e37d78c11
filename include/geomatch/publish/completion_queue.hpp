#pragma once

#include <functional>

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

  /// Appends the chain `first` to `last`. Any thread.
  void push(Publication& first, Publication& last) noexcept;

  /// Completes all there are, in order. Only on the I/O thread.
  void drain() noexcept;

 private:
  PublicationQueue queue_;
  std::function<void()> wake_;
};

}  // namespace geomatch::publish
