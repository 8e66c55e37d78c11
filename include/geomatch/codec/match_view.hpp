#pragma once

#include <geomatch/model/fix.hpp>

namespace geomatch::codec {

/// A match as it is shown. Refers to its fix, which has to outlive it.
struct MatchView {
  const model::Fix& fix;
  double distance_m;
  double bearing_deg;
};

}  // namespace geomatch::codec
