#pragma once

#include <string_view>

#include <geomatch/geo/position.hpp>
#include <geomatch/model/packed_attributes.hpp>
#include <geomatch/model/time.hpp>

namespace geomatch::model {

/// An entity that was found, as it was at one moment. Its texts and attributes are where they were found: who
/// shows the view says for how long.
struct MatchView {
  std::string_view id;
  geo::Position position;
  TimePoint timestamp;
  std::string_view role;  ///< empty: none
  PackedAttributes attributes;
  double distance_m = 0;
  double bearing_deg = 0;  ///< clockwise from north, as seen from the query's centre
};

}  // namespace geomatch::model
