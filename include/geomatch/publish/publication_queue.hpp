#pragma once

#include <atomic>

namespace geomatch::publish {

class Publication;

/// Publications on their way from many threads to one. Intrusive: it owns none and allocates nothing.
class PublicationQueue {
 public:
  /// Appends the chain that `first` to `last` form by their links, in that order. Lock-free, any thread.
  /// True if the queue was empty: then, and only then, its consumer has to be woken.
  bool push(Publication& first, Publication& last) noexcept;
  bool push(Publication& publication) noexcept { return push(publication, publication); }

  /// Takes all there are as a chain in the order they were pushed, or nullptr. Wait-free; one consumer.
  [[nodiscard]] Publication* take_all() noexcept;

  /// Whether there is nothing to take. One consumer; a push that is under way may come a moment later.
  [[nodiscard]] bool empty() const noexcept {
    return newest_.load(std::memory_order_relaxed) == nullptr;  // take_all reads what it finds
  }

  /// The one behind `publication` in a chain, or nullptr.
  [[nodiscard]] static Publication* next(const Publication& publication) noexcept;

 private:
  std::atomic<Publication*> newest_{nullptr};
};

}  // namespace geomatch::publish
