#pragma once

#include <algorithm>
#include <chrono>
#include <random>

namespace geomatch::publish {

/// How long to wait before the next try: twice as long each time, and not the same for everyone.
class Backoff {
 public:
  Backoff(std::chrono::milliseconds shortest, std::chrono::milliseconds longest)
      : shortest_(shortest), longest_(longest), next_(shortest) {}

  /// Between half of what it would be and all of it, but never less than the shortest.
  [[nodiscard]] std::chrono::milliseconds next() {
    const auto most = next_;
    next_ = std::min(longest_, 2 * next_);
    std::uniform_int_distribution<std::chrono::milliseconds::rep> wait{(most / 2).count(), most.count()};
    return std::max(shortest_, std::chrono::milliseconds{wait(random_)});
  }

  void reset() noexcept { next_ = shortest_; }

 private:
  const std::chrono::milliseconds shortest_;
  const std::chrono::milliseconds longest_;
  std::chrono::milliseconds next_;
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace geomatch::publish
