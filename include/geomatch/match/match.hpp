#pragma once

#include <string>

#include <geomatch/geo/position.hpp>
#include <geomatch/model/attribute.hpp>
#include <geomatch/model/match_view.hpp>
#include <geomatch/model/time.hpp>

namespace geomatch::match {

/// A model::MatchView that keeps what it tells.
struct Match {
  std::string id;
  geo::Position position;
  model::TimePoint timestamp;
  std::string role;
  model::Attributes attributes;
  double distance_m = 0;
  double bearing_deg = 0;

  /// Becomes a copy of `match`. Where its strings have the room already, nothing is allocated.
  void assign(const model::MatchView& match);

  friend bool operator==(const Match&, const Match&) = default;
};

}  // namespace geomatch::match
