#pragma once

#include <memory>

#include <geomatch/model/fix.hpp>

namespace geomatch::match {

/// An entity that was found, as it was at one moment.
struct Match {
  std::shared_ptr<const model::Fix> fix;
  double distance_m = 0;
  double bearing_deg = 0;  ///< clockwise from north, as seen from the query's centre

  /// Nearest first, ties by id.
  friend bool operator<(const Match& a, const Match& b) noexcept {
    return a.distance_m != b.distance_m ? a.distance_m < b.distance_m : a.fix->id < b.fix->id;
  }
};

}  // namespace geomatch::match
