#pragma once

#include <chrono>
#include <cstdint>

namespace geomatch::publish {

/// How far a reader is behind the log it follows.
struct FollowLag {
  std::int64_t records = 0;          ///< in the log and not read
  std::chrono::milliseconds time{};  ///< for how long there have been some without a break
};

}  // namespace geomatch::publish
