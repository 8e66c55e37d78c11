#include "support/series.hpp"

#include <algorithm>
#include <cstdio>

namespace geomatch::bench {
namespace {

double percentile(std::vector<float> values, double part) {
  const auto nth =
      values.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1));
  std::ranges::nth_element(values, nth);
  return *nth;
}

}  // namespace

void Series::add(const Measured& measured) {
  records_per_s_.push_back(static_cast<float>(measured.records_per_s));
  latencies_ms_.insert(latencies_ms_.end(), measured.latencies_ms.begin(), measured.latencies_ms.end());
}

double Series::rate() const {
  return percentile(records_per_s_, 0.5);
}

double Series::latency_ms(double part) const {
  return percentile(latencies_ms_, part);
}

void Series::print(const std::string& name) const {
  std::printf("%-22s %9.0f records/s; latency p50 %.2f p99 %.2f p99.9 %.2f max %.1f ms\n", name.c_str(),
              rate(), latency_ms(0.5), latency_ms(0.99), latency_ms(0.999), latency_ms(1));
}

}  // namespace geomatch::bench
