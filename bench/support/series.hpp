#pragma once

#include <string>
#include <vector>

#include "support/load.hpp"

namespace geomatch::bench {

/// All rounds of one subject.
class Series {
 public:
  void add(const Measured& measured);

  /// The median of the rounds, in records/s.
  [[nodiscard]] double rate() const;

  /// Over all rounds; `part` from 0 to 1.
  [[nodiscard]] double latency_ms(double part) const;

  /// One line, beginning with `name`.
  void print(const std::string& name) const;

 private:
  std::vector<float> records_per_s_;
  std::vector<float> latencies_ms_;
};

}  // namespace geomatch::bench
