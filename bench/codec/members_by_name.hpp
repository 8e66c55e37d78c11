#pragma once

#include <string_view>

#include "references.hpp"

/// How a reference keeps a member, told by its name.
namespace geomatch::bench {

inline void keep_text(Members& members, std::string_view name, std::string_view text) {
  if (name == "id") members.id.assign(text);
  if (name == "role") members.role.assign(text);
  if (name == "seek") members.seek.assign(text);
}

inline void keep_number(Members& members, std::string_view name, double number) {
  if (name == "lat") members.lat_deg = number;
  if (name == "lon") members.lon_deg = number;
  if (name == "accuracy") members.accuracy_m = number;
  if (name == "limit") members.limit = static_cast<int>(number);
}

}  // namespace geomatch::bench
