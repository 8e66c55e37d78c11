#pragma once

#include <cstdint>

#include "hint.hpp"

namespace geomatch::match {

/// How the globe is cut: a cell of depth d is a square of 2^(32 - 2d) units; its node has 4 × 4 of depth d
/// + 1. From depth 16 on a cell is a single point, and the entity's number decides: any number of entities on
/// one point still makes a tree.
namespace cells {

/// Entities lie in buckets from here on: above, a hint doesn't tell a point.
inline constexpr unsigned least_bucket_depth = (32 - Hint::point_bits) / 2;
inline constexpr unsigned point_depth = 16;
inline constexpr unsigned max_depth = point_depth + (Hint::entity_bits + 3) / 4;

/// The side of a cell of `depth`, in units.
[[nodiscard]] constexpr std::uint64_t side(unsigned depth) noexcept {
  return depth < point_depth ? std::uint64_t{1} << (32 - 2 * depth) : 1;
}

/// Which child of a node of `depth` an entity at `at` belongs to.
[[nodiscard]] constexpr unsigned child(CellPoint at, std::uint32_t entity, unsigned depth) noexcept {
  if (depth >= point_depth) return entity >> (4 * (depth - point_depth)) & 15;
  const unsigned shift = 30 - 2 * depth;
  return (at.y >> shift & 3) << 2 | (at.x >> shift & 3);
}

/// The same for a hint, which tells enough from least_bucket_depth on.
[[nodiscard]] constexpr unsigned child(Hint hint, unsigned depth) noexcept {
  return child({.x = hint.x(), .y = hint.y()}, hint.entity(), depth);
}

}  // namespace cells

}  // namespace geomatch::match
