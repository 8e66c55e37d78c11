#pragma once

#include <optional>
#include <string>

#include <geomatch/geo/position.hpp>
#include <geomatch/model/attribute.hpp>
#include <geomatch/model/time.hpp>

namespace geomatch::model {

/// Where an entity was, when, and what was said about it: what the log keeps and the map shows.
struct Fix {
  static constexpr Milliseconds default_ttl{300'000};
  static constexpr Milliseconds max_ttl{86'400'000};

  std::string id;
  geo::Position position;
  TimePoint timestamp;    ///< when it was measured: decides which of two fixes is newer
  TimePoint received_at;  ///< when it arrived here
  Milliseconds ttl = default_ttl;
  std::string role;  ///< empty: none
  std::optional<double> accuracy_m;
  std::optional<double> altitude_m;
  std::optional<double> speed_mps;
  std::optional<double> heading_deg;  ///< clockwise from north, 0 to 360
  Attributes attributes;

  /// From here on it counts no more.
  [[nodiscard]] TimePoint expires_at() const noexcept { return timestamp + ttl; }
  [[nodiscard]] bool alive_at(TimePoint now) const noexcept { return now < expires_at(); }

  friend bool operator==(const Fix&, const Fix&) = default;
};

}  // namespace geomatch::model
