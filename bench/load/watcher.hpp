#pragma once

#include "measurements.hpp"

namespace geomatch::load {

/// Hears how far a run is. Its calls take time from the load: they should be quick.
class Watcher {
 public:
  Watcher() = default;
  virtual ~Watcher() = default;
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;

  virtual void measuring_begins() = 0;
  virtual void measuring_ends() = 0;

  /// Once a second: how many answers came since the last time, and what is measured so far.
  virtual void second(std::uint64_t answers, const Measurements& so_far) = 0;
};

}  // namespace geomatch::load
