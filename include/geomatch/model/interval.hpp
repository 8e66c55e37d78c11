#pragma once

#include <optional>

namespace geomatch::model {

/// A number from `min` to `max`, both included; a bound that isn't given doesn't bind.
struct Interval {
  std::optional<double> min;
  std::optional<double> max;

  friend bool operator==(const Interval&, const Interval&) = default;
};

}  // namespace geomatch::model
