#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace geomatch::net {

/// What is open and under way on one listening side, over all its threads: for its limits and for operators.
/// Thread-safe. Counters on their own, nothing is read by way of them: relaxed is enough everywhere.
class Traffic {
 public:
  /// False if there are `max` connections or more already; it counts in any case.
  [[nodiscard]] bool open_connection(std::size_t max) noexcept {
    const bool room = connections_.fetch_add(1, std::memory_order_relaxed) < max;
    (room ? accepted_ : refused_).fetch_add(1, std::memory_order_relaxed);
    return room;
  }
  void close_connection() noexcept { connections_.fetch_sub(1, std::memory_order_relaxed); }

  /// False if `max` requests are being answered already; it counts in any case.
  [[nodiscard]] bool begin_request(std::size_t max) noexcept {
    return in_flight_.fetch_add(1, std::memory_order_relaxed) < max;
  }
  void end_request() noexcept { in_flight_.fetch_sub(1, std::memory_order_relaxed); }

  [[nodiscard]] std::size_t connections() const noexcept {
    return connections_.load(std::memory_order_relaxed);
  }
  [[nodiscard]] std::size_t in_flight() const noexcept { return in_flight_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t accepted() const noexcept { return accepted_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t refused() const noexcept { return refused_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::size_t> connections_{0};
  std::atomic<std::size_t> in_flight_{0};
  std::atomic<std::uint64_t> accepted_{0};
  std::atomic<std::uint64_t> refused_{0};
};

}  // namespace geomatch::net
