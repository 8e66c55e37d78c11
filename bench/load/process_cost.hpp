#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include <sys/types.h>

namespace geomatch::load {

/// What processes have cost so far, as /proc says it. A thread that has ended is no longer in `cpu`.
struct ProcessCost {
  std::chrono::nanoseconds cpu{0};  ///< all threads' time on a core, to the nanosecond
  std::uint64_t user_ticks = 0;     ///< how the kernel's ticks divide that time
  std::uint64_t system_ticks = 0;
  std::uint64_t resident_bytes = 0;  ///< now; added up, so what processes share counts for each
  std::uint64_t peak_bytes = 0;      ///< the most of each, added up
};

/// Of these processes and, if asked, of all that descend from them. Throws std::runtime_error if one of
/// `pids` isn't there or can't be read.
[[nodiscard]] ProcessCost process_cost(const std::vector<pid_t>& pids, bool with_children);

}  // namespace geomatch::load
