#pragma once

#include <algorithm>
#include <chrono>
#include <random>

namespace geomatch::publish {

/// How long to wait before the next try: twice as long each time, up to a most, and each time a random part
/// of it, from half to all, so that many clients don't come back at once. One thread.
class Backoff {
 public:
  using Milliseconds = std::chrono::milliseconds;

  Backoff(Milliseconds first, Milliseconds most) : first_(first), most_(most), next_(first) {}

  [[nodiscard]] Milliseconds next() {
    const Milliseconds whole = next_;
    next_ = std::min(next_ * 2, most_);
    return Milliseconds{std::uniform_int_distribution{whole.count() / 2, whole.count()}(random_)};
  }

  /// It went well: the next wait is a first one again.
  void reset() noexcept { next_ = first_; }

 private:
  Milliseconds first_;
  Milliseconds most_;
  Milliseconds next_;
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace geomatch::publish
