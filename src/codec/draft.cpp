#include "draft.hpp"

namespace geomatch::codec {

void Draft::begin(model::TimePoint received_at) {
  fix.id.clear();
  fix.timestamp = received_at;
  fix.received_at = received_at;
  fix.ttl = model::Fix::default_ttl;
  fix.role.clear();
  fix.accuracy_m.reset();
  fix.altitude_m.reset();
  fix.speed_mps.reset();
  fix.heading_deg.reset();
  uuid.clear();
  if (post != nullptr) {
    post->seek.clear();
    post->radius_m = Post::default_radius_m;
    post->limit = Post::default_limit;
    post->max_age.reset();
    post->given = {};
  }
}

void Draft::finish() {
  fix.position = geo::Position::from_degrees(lat_deg, lon_deg);
  fix.attributes.resize(attributes);
  if (post != nullptr) {
    post->where.resize(conditions);
    post->given.ttl_s = ttl_given;
  }
}

}  // namespace geomatch::codec
