#pragma once

#include <chrono>

#include <geomatch/model/time.hpp>

/// The moments that a timestamp can mean: the years 0001 to 9999, which RFC 3339 can write. Far enough from
/// the ends of TimePoint for any sum with a ttl or a clock's skew.
namespace geomatch::codec::time_range {

inline constexpr model::TimePoint first{std::chrono::sys_days{std::chrono::year{1} / 1 / 1}};
inline constexpr model::TimePoint end{std::chrono::sys_days{std::chrono::year{10'000} / 1 / 1}};

[[nodiscard]] constexpr bool contains(model::TimePoint moment) noexcept {
  return first <= moment && moment < end;
}

}  // namespace geomatch::codec::time_range
