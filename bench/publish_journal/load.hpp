#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

namespace geomatch::publish {
class Publisher;
}

namespace geomatch::bench {

/// What came of one load.
struct Measured {
  double records_per_s = 0;
  std::vector<float> latencies_ms;  ///< from `publish` to `complete`, of each record
};

/// Keeps `in_flight` records of `value_bytes` each on their way into `publisher` for `duration`, from one
/// thread, and waits until all are settled. Ends the program if one isn't published.
[[nodiscard]] Measured load(publish::Publisher& publisher, std::size_t in_flight, std::size_t value_bytes,
                            std::chrono::milliseconds duration);

}  // namespace geomatch::bench
