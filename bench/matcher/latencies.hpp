#pragma once

#include <algorithm>
#include <chrono>
#include <vector>

#include <benchmark/benchmark.h>

namespace geomatch::bench {

/// Times single operations, for their percentiles. Reading the clock is in each time.
class Latencies {
 public:
  Latencies() { taken_ns_.reserve(most); }

  template <typename Operation>
  void time(const Operation& operation) {
    const auto began = std::chrono::steady_clock::now();
    operation();
    const std::chrono::nanoseconds took = std::chrono::steady_clock::now() - began;
    if (taken_ns_.size() < most) taken_ns_.push_back(static_cast<float>(took.count()));
  }

  /// Adds the counters p50_ns and p99_ns.
  void report(benchmark::State& state) {
    state.counters["p50_ns"] = percentile(0.50);
    state.counters["p99_ns"] = percentile(0.99);
  }

 private:
  static constexpr std::size_t most = 4'000'000;

  double percentile(double part) {
    if (taken_ns_.empty()) return 0;
    const auto nth =
        taken_ns_.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(taken_ns_.size() - 1));
    std::ranges::nth_element(taken_ns_, nth);
    return *nth;
  }

  std::vector<float> taken_ns_;
};

}  // namespace geomatch::bench
