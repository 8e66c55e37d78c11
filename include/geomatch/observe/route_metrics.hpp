#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include <geomatch/observe/latency_histogram.hpp>
#include <geomatch/observe/sharded_counters.hpp>

namespace geomatch::observe {

/// What is counted of one route's answers. Wait-free and thread-safe.
class RouteMetrics {
 public:
  static constexpr unsigned first_status = 100;
  static constexpr unsigned last_status = 599;

  explicit RouteMetrics(std::string route) : route_(std::move(route)) {}

  /// `status`: an HTTP status, 100 to 599; `duration`: from the request's last byte to its answer.
  void answered(unsigned status, std::chrono::nanoseconds duration) noexcept;

  [[nodiscard]] const std::string& route() const noexcept { return route_; }
  [[nodiscard]] std::uint64_t count(unsigned status) const noexcept;
  [[nodiscard]] const LatencyHistogram& latency() const noexcept { return latency_; }

 private:
  std::string route_;
  ShardedCounters<last_status - first_status + 1> counts_;
  LatencyHistogram latency_;
};

}  // namespace geomatch::observe
