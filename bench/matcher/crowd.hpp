#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <geomatch/geo/position.hpp>
#include <geomatch/model/fix.hpp>

namespace geomatch::bench {

/// A number that follows from `seed` alone, all bits alike (SplitMix64).
[[nodiscard]] constexpr std::uint64_t scramble(std::uint64_t seed) noexcept {
  seed += 0x9E3779B97F4A7C15;
  seed = (seed ^ seed >> 30) * 0xBF58476D1CE4E5B9;
  seed = (seed ^ seed >> 27) * 0x94D049BB133111EB;
  return seed ^ seed >> 31;
}

/// A box of latitude and longitude.
struct Box {
  double south, west, north, east;

  /// A place in it that follows from `seed` alone.
  [[nodiscard]] geo::Position place(std::uint64_t seed) const noexcept;
};

inline constexpr Box city{.south = 31.0, .west = 121.0, .north = 31.45, .east = 121.525};  // 50 × 50 km
inline constexpr Box block{
    .south = 31.225, .west = 121.265, .north = 31.2259, .east = 121.26605};  // 100 × 100 m
inline constexpr geo::Position corner{312'250'000, 1'212'650'000};

/// Where in New York somebody was picked up in April 2014, 65,535 times; empty where the file isn't there.
[[nodiscard]] const std::vector<geo::Position>& pick_ups();

/// `metres` to the north and to the east of `from`, in the city's latitude.
[[nodiscard]] geo::Position moved(geo::Position from, double north_m, double east_m) noexcept;

/// Sets `fix` to what phone `number` posts from `position`, at the `nth` millisecond.
void write_fix(model::Fix& fix, std::uint64_t number, geo::Position position, std::uint64_t nth);

/// When `write_fix` counts from.
inline constexpr model::TimePoint epoch{std::chrono::seconds{1'700'000'000}};

}  // namespace geomatch::bench
