#pragma once

#include <cstdint>

namespace geomatch::simulation {

/// Says on standard error which seed was running, should the process die of a signal or a sanitizer.
class CrashNote {
 public:
  explicit CrashNote(std::uint64_t seed);
};

}  // namespace geomatch::simulation
