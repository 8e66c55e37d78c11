#pragma once

#include <cstddef>
#include <cstdint>

#include <benchmark/benchmark.h>

#include <geomatch/model/time.hpp>

#include "support/allocations.hpp"

namespace geomatch::bench {

/// When every body of these benchmarks arrives.
inline constexpr model::TimePoint received_at{model::Milliseconds{1'704'067'200'000}};

/// `once`, which returns how many bytes it read or wrote, over and over: its time and its allocations, once
/// what it uses again is there.
template <class Once>
void measure(benchmark::State& state, const Once& once) {
  const std::size_t bytes = once();
  const auto before = allocations();
  for (auto _ : state) benchmark::DoNotOptimize(once());
  state.counters["allocations"] =
      benchmark::Counter(static_cast<double>(allocations() - before), benchmark::Counter::kAvgIterations);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}

}  // namespace geomatch::bench
