#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace geomatch::observe {

/// `Count` counters that many threads add to at once: each thread has its own copies, as long as there are no
/// more threads than shards, so that none takes a cache line from another. Wait-free and thread-safe.
template <std::size_t Count>
class ShardedCounters {
 public:
  void add(std::size_t counter, std::uint64_t amount = 1) noexcept {
    shards_[this_thread() % shards_.size()].values[counter].fetch_add(amount, std::memory_order_relaxed);
  }

  /// What was added so far. Additions made meanwhile may be in one sum and not yet in another.
  [[nodiscard]] std::uint64_t sum(std::size_t counter) const noexcept {
    std::uint64_t all = 0;
    for (const Shard& shard : shards_) all += shard.values[counter].load(std::memory_order_relaxed);
    return all;
  }

 private:
  // Relaxed everywhere: each is a count on its own, and nothing is read by way of it.
  struct alignas(64) Shard {
    std::array<std::atomic<std::uint64_t>, Count> values{};
  };

  // A number of its own for each thread that counts anything.
  [[nodiscard]] static std::size_t this_thread() noexcept {
    static std::atomic<std::size_t> threads{0};
    thread_local const std::size_t number = threads.fetch_add(1, std::memory_order_relaxed);
    return number;
  }

  std::array<Shard, 8> shards_{};
};

}  // namespace geomatch::observe
