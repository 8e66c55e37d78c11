#pragma once

#include <chrono>

namespace geomatch::model {

using Milliseconds = std::chrono::milliseconds;

/// A moment in UTC, to the millisecond: what phones send and logs hold (milliseconds since 1970).
using TimePoint = std::chrono::sys_time<Milliseconds>;

}  // namespace geomatch::model
