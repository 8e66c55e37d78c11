#pragma once

#include <chrono>
#include <cstdint>
#include <random>

namespace geomatch::load {

/// How requests of an open loop follow one another.
enum class Arrivals {
  even,    ///< at fixed intervals
  poisson  ///< independently of one another, as those of many phones
};

/// When the requests of an open loop are due, one after the other, whatever becomes of those before.
class Schedule {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// The first is due at `start`. `rate_per_s` is over 0.
  Schedule(TimePoint start, double rate_per_s, Arrivals arrivals, std::uint64_t seed);

  [[nodiscard]] TimePoint due() const noexcept { return due_; }

  /// On to the next. Doesn't drift: what is due after n requests is `start` and n intervals, or n random
  /// ones.
  void advance();

 private:
  TimePoint start_;
  double interval_ns_;
  Arrivals arrivals_;
  std::mt19937_64 random_;
  std::exponential_distribution<double> intervals_{1.0};
  double elapsed_ = 0;  // in intervals since the start
  TimePoint due_;
};

}  // namespace geomatch::load
