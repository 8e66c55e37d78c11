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

/// One load on a publisher. Ends the program if a record isn't published.
struct Load {
  std::size_t in_flight;    ///< records on their way at once, at most
  std::size_t value_bytes;  ///< of each
  std::chrono::milliseconds duration;
  double records_per_s = 0;  ///< that set out, evenly; 0: whenever one has come home
};

/// Puts it on `publisher` from one thread, and waits until all are settled.
[[nodiscard]] Measured measure(publish::Publisher& publisher, const Load& load);

}  // namespace geomatch::bench
