#include <algorithm>
#include <limits>

#include <geomatch/observe/latency_histogram.hpp>

namespace geomatch::observe {

void LatencyHistogram::observe(std::chrono::nanoseconds duration) noexcept {
  const double seconds = std::chrono::duration<double>(duration).count();
  const auto bound = std::ranges::lower_bound(bounds_s, seconds);
  counts_[static_cast<std::size_t>(bound - bounds_s.begin())].fetch_add(1, std::memory_order_relaxed);
  sum_ns_.fetch_add(static_cast<std::uint64_t>(duration.count()), std::memory_order_relaxed);
}

prometheus::ClientMetric::Histogram LatencyHistogram::collect() const {
  prometheus::ClientMetric::Histogram histogram;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    histogram.sample_count += counts_[i].load(std::memory_order_relaxed);
    const double bound = i < bounds_s.size() ? bounds_s[i] : std::numeric_limits<double>::infinity();
    histogram.bucket.push_back({.cumulative_count = histogram.sample_count, .upper_bound = bound});
  }
  histogram.sample_sum = static_cast<double>(sum_ns_.load(std::memory_order_relaxed)) / 1e9;
  return histogram;
}

}  // namespace geomatch::observe
