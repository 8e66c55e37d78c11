#pragma once

#include <cstdint>

#include <geomatch/geo/position.hpp>

namespace geomatch::match {

/// Longitude and latitude as numbers from zero, in units of 1e-7 degrees.
struct CellPoint {
  std::uint32_t x;  ///< eastwards from the antimeridian, to 3,600,000,000
  std::uint32_t y;  ///< northwards from the south pole, to 1,800,000,000

  [[nodiscard]] static constexpr CellPoint from(geo::Position position) noexcept {
    return {.x = static_cast<std::uint32_t>(std::int64_t{position.lon_e7} + 1'800'000'000),
            .y = static_cast<std::uint32_t>(std::int64_t{position.lat_e7} + 900'000'000)};
  }

  friend constexpr bool operator==(CellPoint, CellPoint) = default;
};

/// A word in a bucket: that an entity is, or was, at a point of that bucket's cell. It says where to look,
/// not what is there: that is for the entity's record to say. Zero where there is none.
///
/// Eighteen bits each for the point within a cell of 2^18 units (2.9 km), 27 for the entity, and the highest,
/// which says that the word won't change again.
class Hint {
 public:
  static constexpr unsigned point_bits = 18;
  static constexpr std::uint32_t point_mask = (1U << point_bits) - 1;
  static constexpr unsigned entity_bits = 27;
  static constexpr std::uint64_t frozen = std::uint64_t{1} << 63;

  constexpr explicit Hint(std::uint64_t bits = 0) noexcept : bits_(bits) {}
  constexpr Hint(CellPoint at, std::uint32_t entity) noexcept
      : bits_(std::uint64_t{entity} << (2 * point_bits) | std::uint64_t{at.y & point_mask} << point_bits |
              (at.x & point_mask)) {}

  [[nodiscard]] constexpr std::uint64_t bits() const noexcept { return bits_; }
  [[nodiscard]] constexpr std::uint32_t x() const noexcept { return bits_ & point_mask; }
  [[nodiscard]] constexpr std::uint32_t y() const noexcept { return bits_ >> point_bits & point_mask; }
  [[nodiscard]] constexpr std::uint32_t entity() const noexcept {
    return static_cast<std::uint32_t>((bits_ & ~frozen) >> (2 * point_bits));
  }

 private:
  std::uint64_t bits_;
};

}  // namespace geomatch::match
