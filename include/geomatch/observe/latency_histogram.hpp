#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include <prometheus/client_metric.h>

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
  static constexpr std::array<double, 16> bounds_s{1e-4, 2.5e-4, 5e-4,   1e-3, 2.5e-3, 5e-3, 1e-2, 2.5e-2,
                                                   5e-2, 1e-1,   2.5e-1, 5e-1, 1,      2.5,  5,    10};

  // Relaxed everywhere: each is a count on its own, and nothing is read by way of it.
  std::array<std::atomic<std::uint64_t>, bounds_s.size() + 1> counts_{};
  std::atomic<std::uint64_t> sum_ns_{0};
};

}  // namespace geomatch::observe
