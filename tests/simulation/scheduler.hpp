#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace geomatch::simulation {

/// The only thread there is: what is to happen, by virtual time. Time passes by jumping to the next event.
class Scheduler {
 public:
  using Clock = std::chrono::steady_clock;
  using Event = std::function<void()>;

  [[nodiscard]] Clock::time_point now() const noexcept { return now_; }

  /// Has `event` happen in `delay`; of those at the same time, the one asked for first.
  void after(std::chrono::microseconds delay, Event event) {
    events_.push_back({now_ + delay, next_number_++, std::move(event)});
    std::ranges::push_heap(events_, later);
  }

  /// Forgets what was to happen.
  void clear() { events_.clear(); }

  /// Lets the next event happen. False if there is none.
  bool run_one() {
    if (events_.empty()) return false;
    std::ranges::pop_heap(events_, later);
    Planned next = std::move(events_.back());
    events_.pop_back();
    now_ = next.at;
    next.event();
    return true;
  }

 private:
  struct Planned {
    Clock::time_point at;
    std::uint64_t number;
    Event event;
  };

  static bool later(const Planned& one, const Planned& other) noexcept {
    return std::pair{one.at, one.number} > std::pair{other.at, other.number};
  }

  Clock::time_point now_{std::chrono::hours{1}};
  std::uint64_t next_number_ = 0;
  std::vector<Planned> events_;  // a heap, the next one on top
};

}  // namespace geomatch::simulation
