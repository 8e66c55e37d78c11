#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <geomatch/codec/decode_error.hpp>
#include <geomatch/codec/decode_limits.hpp>
#include <geomatch/codec/post.hpp>

#include "json_pointer.hpp"

namespace geomatch::codec {

/// A post or a record while its members are read: where they go, and what is wrong with them.
struct Draft {
  model::Fix& fix;
  std::string& uuid;
  Post* post =
      nullptr;  ///< null: a record, which was checked when it was accepted, perhaps with other limits
  DecodeLimits limits = {};
  double lat_deg = 0;
  double lon_deg = 0;
  bool ttl_given = false;
  std::size_t attributes = 0;  ///< how many of the fix's were read; those after them are of an earlier use
  std::size_t conditions = 0;  ///< the same of the post's `where`
  std::vector<MemberError> errors = {};

  /// Empties where the members go, but keeps its memory.
  void begin(model::TimePoint received_at);

  /// Puts together what had to wait for the last member.
  void finish();

  [[nodiscard]] bool from_log() const noexcept { return post == nullptr; }

  /// `path`: the names that lead to the wrong member.
  void complain(std::initializer_list<std::string_view> path, std::string detail) {
    errors.push_back({json_pointer(path), std::move(detail)});
  }

  /// Of a member that is there again: once, however often it is there. `times`: how often it was met before.
  void complain_of_repetition(std::initializer_list<std::string_view> path, std::size_t times) {
    if (times == 1) {
      complain(path, "must not be repeated");
    }
  }

  /// Takes back all complaints but the first `count`.
  void keep_complaints(std::size_t count) {
    errors.erase(errors.begin() + static_cast<std::ptrdiff_t>(count), errors.end());
  }
};

}  // namespace geomatch::codec
