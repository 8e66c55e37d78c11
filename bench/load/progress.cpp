#include "progress.hpp"

#include <fmt/format.h>

namespace geomatch::load {

void Progress::measuring_begins() {
  if (!options_.server_pids.empty()) before_ = process_cost(options_.server_pids, options_.with_children);
}

void Progress::measuring_ends() {
  if (!options_.server_pids.empty()) after_ = process_cost(options_.server_pids, options_.with_children);
}

void Progress::second(std::uint64_t answers, const Measurements& so_far) {
  ++seconds_;
  if (options_.quiet) return;
  const auto us = [](std::chrono::nanoseconds time) { return static_cast<double>(time.count()) / 1000; };
  const std::string latencies =
      so_far.latency.count() == 0
          ? "(warm-up)"
          : fmt::format("p50 {:.0f} us  p99 {:.0f} us", us(so_far.latency.percentile(0.5)),
                        us(so_far.latency.percentile(0.99)));
  fmt::print(out_, "{:4} s  {:8} requests/s  {}\n", seconds_, answers, latencies);
  std::fflush(out_);
}

}  // namespace geomatch::load
