#pragma once

#include <geomatch/model/fix.hpp>

namespace geomatch::match {

/// An entity that was found, as it was at one moment.
struct Match {
  model::Fix fix;
  double distance_m = 0;
  double bearing_deg = 0;  ///< clockwise from north, as seen from the query's centre
};

}  // namespace geomatch::match
