#pragma once

#include <optional>
#include <string_view>

#include <geomatch/geo/position.hpp>
#include <geomatch/model/condition.hpp>
#include <geomatch/model/time.hpp>

namespace geomatch::match {

/// Who is looked for. The views have to outlive the query.
struct Query {
  static constexpr int max_limit = 100;

  geo::Position center = {};
  double radius_m = 0;              ///< a match at exactly this distance is within
  int limit = 0;                    ///< at most this many, the nearest; 0 to max_limit
  std::string_view except_id = {};  ///< this entity is no match: the one that asks; empty: none
  std::string_view role = {};       ///< a match's role; empty: any
  std::optional<model::Milliseconds> max_age = {};  ///< a match's fix is at most this old
  const model::Where* where = nullptr;              ///< what a match's attributes are; nullptr: anything
  model::TimePoint now = {};                        ///< ages and expiry are reckoned from here

  /// Whether `where` asks for anything.
  [[nodiscard]] bool has_conditions() const noexcept { return where != nullptr && !where->empty(); }
};

}  // namespace geomatch::match
