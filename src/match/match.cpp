#include <geomatch/match/match.hpp>

namespace geomatch::match {

void Match::assign(const model::MatchView& match) {
  id.assign(match.id);
  position = match.position;
  timestamp = match.timestamp;
  role.assign(match.role);
  match.attributes.copy_to(attributes);
  distance_m = match.distance_m;
  bearing_deg = match.bearing_deg;
}

}  // namespace geomatch::match
