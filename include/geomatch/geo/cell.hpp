#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

#include <geomatch/geo/position.hpp>

namespace geomatch::geo {

/// A piece of the globe: a row of latitude cut into columns of about the same width in metres, so that cells
/// near a pole are no narrower than others and a pole row is one cell.
struct Cell {
  std::int32_t row = 0;     ///< from the south pole, 0 to CellGrid::rows() - 1
  std::int32_t column = 0;  ///< eastwards from the antimeridian, 0 to CellGrid::columns(row) - 1

  friend bool operator==(const Cell&, const Cell&) = default;
  friend auto operator<=>(const Cell&, const Cell&) = default;
};

}  // namespace geomatch::geo

template <>
struct std::hash<geomatch::geo::Cell> {
  std::size_t operator()(const geomatch::geo::Cell& cell) const noexcept {
    const auto key = (static_cast<std::uint64_t>(static_cast<std::uint32_t>(cell.row)) << 32) |
                     static_cast<std::uint32_t>(cell.column);
    return static_cast<std::size_t>((key ^ (key >> 29)) * 0x9E3779B97F4A7C15ULL);  // Fibonacci hashing
  }
};
