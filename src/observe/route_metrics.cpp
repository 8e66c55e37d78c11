#include <cassert>

#include <geomatch/observe/route_metrics.hpp>

namespace geomatch::observe {

void RouteMetrics::answered(unsigned status, std::chrono::nanoseconds duration) noexcept {
  assert(status >= first_status && status <= last_status);
  counts_.add(status - first_status);
  latency_.observe(duration);
}

std::uint64_t RouteMetrics::count(unsigned status) const noexcept {
  return counts_.sum(status - first_status);
}

}  // namespace geomatch::observe
