#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <geomatch/codec/decode_error.hpp>
#include <geomatch/codec/decode_limits.hpp>
#include <geomatch/codec/post.hpp>

#include "json_pointer.hpp"

namespace geomatch::codec {

/// A post or a record while its members are read: what is known so far, and what is wrong with it.
struct Draft {
  Post post{};
  std::optional<double> lat_deg{};
  std::optional<double> lon_deg{};
  DecodeLimits limits{};
  bool from_log = false;  ///< what the log has was checked when it was accepted, perhaps with other limits
  std::vector<MemberError> errors{};

  /// `path`: the names that lead to the wrong member.
  void complain(std::initializer_list<std::string_view> path, std::string detail) {
    errors.push_back({json_pointer(path), std::move(detail)});
  }

  /// Of a member that is there again: once, however often it is there. `occurrence`: see JsonValue::Member.
  void complain_of_repetition(std::initializer_list<std::string_view> path, std::size_t occurrence) {
    if (occurrence == 1) {
      complain(path, "must not be repeated");
    }
  }

  /// Puts the place together once both halves are there.
  void settle_position() noexcept {
    post.fix.position = geo::Position::from_degrees(lat_deg.value_or(0), lon_deg.value_or(0));
  }
};

}  // namespace geomatch::codec
