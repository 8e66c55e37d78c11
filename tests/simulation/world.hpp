#pragma once

#include "jumping_clock.hpp"
#include "random.hpp"
#include "scenario.hpp"
#include "scheduler.hpp"
#include "trace.hpp"
#include "verdict.hpp"
#include "virtual_time.hpp"

namespace geomatch::simulation {

/// What everything simulated stands in.
struct World {
  World(std::uint64_t seed, bool verbose) : random(seed), trace(scheduler, verbose) {}

  /// Has `event` happen within `most`, at a moment of chance.
  void soon(std::chrono::microseconds most, Scheduler::Event event) {
    scheduler.after(std::chrono::microseconds{random.between(0, most.count())}, std::move(event));
  }

  Random random;
  Scheduler scheduler;
  Verdict verdict;
  Trace trace;
  JumpingClock clock{scheduler};
  VirtualTime time{scheduler, clock};
  Scenario scenario = Scenario::choose(random);
};

}  // namespace geomatch::simulation
