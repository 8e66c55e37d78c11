#include <algorithm>
#include <limits>

#include <geomatch/observe/latency_histogram.hpp>

namespace geomatch::observe {

void LatencyHistogram::observe(std::chrono::nanoseconds duration) noexcept {
  const auto bound = std::ranges::find_if(
      bounds_us, [=](auto bound_us) { return duration <= std::chrono::microseconds{bound_us}; });
  counters_.add(static_cast<std::size_t>(bound - bounds_us.begin()));
  counters_.add(sum_ns, static_cast<std::uint64_t>(duration.count()));
}

prometheus::ClientMetric::Histogram LatencyHistogram::collect() const {
  prometheus::ClientMetric::Histogram histogram;
  for (std::size_t i = 0; i <= bounds_us.size(); ++i) {
    histogram.sample_count += counters_.sum(i);
    const double bound = i < bounds_us.size() ? static_cast<double>(bounds_us[i]) / 1e6
                                              : std::numeric_limits<double>::infinity();
    histogram.bucket.push_back({.cumulative_count = histogram.sample_count, .upper_bound = bound});
  }
  histogram.sample_sum = static_cast<double>(counters_.sum(sum_ns)) / 1e9;
  return histogram;
}

}  // namespace geomatch::observe
