#pragma once

#include <string>
#include <utility>

#include <geomatch/model/fix.hpp>
#include <geomatch/model/match_view.hpp>

namespace geomatch::test {

/// A fix as a matcher shows it.
class ShownMatch {
 public:
  ShownMatch(model::Fix fix, double distance_m, double bearing_deg)
      : fix_(std::move(fix)),
        packed_(model::PackedAttributes::bytes_for(fix_.attributes), ' '),
        distance_m_(distance_m),
        bearing_deg_(bearing_deg) {
    model::PackedAttributes::pack(fix_.attributes, packed_.data());
  }

  /// Refers to this.
  [[nodiscard]] model::MatchView view() const noexcept {
    return {.id = fix_.id,
            .position = fix_.position,
            .timestamp = fix_.timestamp,
            .role = fix_.role,
            .attributes = {packed_.data(), fix_.attributes.size()},
            .distance_m = distance_m_,
            .bearing_deg = bearing_deg_};
  }

 private:
  model::Fix fix_;
  std::string packed_;
  double distance_m_;
  double bearing_deg_;
};

}  // namespace geomatch::test
