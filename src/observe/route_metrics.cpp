#include <cassert>

#include <geomatch/observe/route_metrics.hpp>

namespace geomatch::observe {

void RouteMetrics::answered(unsigned status, std::chrono::nanoseconds duration) noexcept {
  assert(status >= first_status && status <= last_status);
  counts_[status - first_status].fetch_add(1, std::memory_order_relaxed);
  latency_.observe(duration);
}

std::uint64_t RouteMetrics::count(unsigned status) const noexcept {
  return counts_[status - first_status].load(std::memory_order_relaxed);
}

}  // namespace geomatch::observe
