#pragma once

#include <span>
#include <string>
#include <string_view>

namespace geomatch::bench {

/// What a reference keeps of a body: the members of the usual one, unchecked.
struct Members {
  std::string id;
  double lat_deg = 0;
  double lon_deg = 0;
  std::string role;
  std::string seek;
  double accuracy_m = 0;
  int limit = 0;
};

/// A library that could take bodies apart.
struct Reference {
  std::string_view name;
  bool (*read)(std::string_view body, Members& members);  ///< false: not JSON
};

/// Those that this was built with.
[[nodiscard]] std::span<const Reference> references();

}  // namespace geomatch::bench
