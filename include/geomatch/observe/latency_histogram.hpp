#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include <prometheus/client_metric.h>

#include <geomatch/observe/sharded_counters.hpp>

namespace geomatch::observe {

/// Counts durations by size, for Prometheus. Wait-free: prometheus-cpp's own histogram takes a lock an
/// observation, which has no place on the request path. Thread-safe.
class LatencyHistogram {
 public:
  void observe(std::chrono::nanoseconds duration) noexcept;

  /// As Prometheus wants it. Observations made meanwhile may be in one figure and not yet in another.
  [[nodiscard]] prometheus::ClientMetric::Histogram collect() const;

 private:
  // 100 µs to 10 s in steps of 1, 2.5 and 5: from an answer out of memory to the longest wait for a log.
  static constexpr std::array<std::chrono::microseconds::rep, 16> bounds_us{
      100,    250,     500,     1'000,   2'500,     5'000,     10'000,    25'000,
      50'000, 100'000, 250'000, 500'000, 1'000'000, 2'500'000, 5'000'000, 10'000'000};

  static constexpr std::size_t sum_ns =
      bounds_us.size() + 1;  // behind the counts, one a bound and one beyond
  ShardedCounters<sum_ns + 1> counters_;
};

}  // namespace geomatch::observe
