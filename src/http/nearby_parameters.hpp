#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <geomatch/codec/decode_error.hpp>
#include <geomatch/codec/post.hpp>
#include <geomatch/geo/position.hpp>
#include <geomatch/model/time.hpp>

namespace geomatch::http {

/// What `GET /nearby` asks for: ranges and defaults as in a post.
struct NearbyParameters {
  geo::Position center;
  double radius_m = codec::Post::default_radius_m;
  int limit = codec::Post::default_limit;
  std::string role;  ///< empty: any
  std::optional<model::Milliseconds> max_age;
};

/// Reads them from a target's query. Parameters it doesn't know are ignored; all that are wrong are named,
/// with the parameter in place of the pointer.
[[nodiscard]] std::variant<NearbyParameters, std::vector<codec::MemberError>> parse_nearby(
    std::string_view target, double max_radius_m);

}  // namespace geomatch::http
