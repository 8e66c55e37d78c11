#pragma once

#include <memory>
#include <string>

#include <geomatch/model/fix.hpp>

namespace geomatch::match {

using std::chrono::milliseconds;
using std::chrono::seconds;

inline constexpr model::TimePoint start{seconds{1'700'000'000}};

inline model::Fix fix_of(std::string id, double lat, double lon, model::TimePoint at = start) {
  model::Fix fix;
  fix.id = std::move(id);
  fix.position = geo::Position::from_degrees(lat, lon);
  fix.timestamp = at;
  fix.received_at = at;
  return fix;
}

inline std::shared_ptr<const model::Fix> shared(model::Fix fix) {
  return std::make_shared<const model::Fix>(std::move(fix));
}

}  // namespace geomatch::match
