#pragma once

#include <cstdint>

namespace geomatch::simulation {

/// What was met, over all runs: a simulation in which nothing happens finds nothing.
struct Tally {
  std::uint64_t requests = 0;
  std::uint64_t accepted = 0;
  std::uint64_t stale = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t removed = 0;
  std::uint64_t unavailable = 0;
  std::uint64_t unknown = 0;
  std::uint64_t refused = 0;
  std::uint64_t shown = 0;  // positions in answers
  std::uint64_t cuts = 0;
  std::uint64_t refused_connections = 0;
  std::uint64_t owed = 0;  // requests that a cut took the answer from
};

}  // namespace geomatch::simulation
