#pragma once

#include <optional>
#include <string>

#include <geomatch/model/condition.hpp>
#include <geomatch/model/fix.hpp>

namespace geomatch::codec {

/// The body of a `POST /match`, checked: a fix and what its sender wants to be matched with.
struct Post {
  static constexpr double default_radius_m = 1000;
  static constexpr int default_limit = 10;
  static constexpr int max_limit = 100;

  model::Fix fix;
  std::string uuid;  ///< empty: none
  std::string seek;  ///< role of a match; empty: any
  double radius_m = default_radius_m;
  int limit = default_limit;
  std::optional<model::Milliseconds> max_age;
  model::Where where;

  /// Which of the members with a default were given: the log has those and no others.
  struct Given {
    bool radius_m = false;
    bool limit = false;
    bool ttl_s = false;
  } given;
};

}  // namespace geomatch::codec
