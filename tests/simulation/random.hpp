#pragma once

#include <cstdint>
#include <random>

namespace geomatch::simulation {

/// All chance there is in a simulation. The same seed gives the same numbers everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(static_cast<std::uint_fast32_t>(seed ^ (seed >> 32))) {}

  /// 0 to `bound` - 1; `bound` is over 0.
  std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }
  /// `low` to `high`, both included.
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low) + 1));
  }
  bool percent(std::uint64_t chance) { return below(100) < chance; }

  template <typename T>
  T pick(std::initializer_list<T> of) {
    return of.begin()[below(of.size())];
  }

 private:
  std::mt19937 engine_;
};

}  // namespace geomatch::simulation
