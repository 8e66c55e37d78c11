#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "cell.hpp"
#include "cell_key.hpp"
#include "memory/pool.hpp"

namespace geomatch::match {

/// Makes the parts of a tree that no other thread sees yet. For one operation of one thread.
class CellBuilder {
 public:
  /// Cells with more than this are cut. Fewer, larger buckets take less memory and fewer visits; smaller ones
  /// give a query less to look through. Measured best between 30 and 60.
  static constexpr std::size_t most_in_a_cell = 46;
  static constexpr std::size_t max_hints = 1024;

  CellBuilder(Pool& pool, std::size_t slot) noexcept : pool_(pool), slot_(slot) {}

  /// A cell of `depth` with `hints`, at most max_hints and none of them frozen, that has room for one more;
  /// their order changes. Ends the process if the pool has nothing left at all.
  [[nodiscard]] CellRef build(std::span<std::uint64_t> hints, unsigned depth) noexcept;

  /// A bucket with one hint, below as many nodes as it takes from `depth` on. `bucket` is set to its index;
  /// the hint is at its first_position.
  [[nodiscard]] CellRef build_path(CellPoint at, std::uint32_t entity, unsigned depth,
                                   std::uint32_t& bucket) noexcept;

  /// A node that refers to what `children` refer to.
  [[nodiscard]] CellRef build_node(const std::array<CellRef, CellNode::children_count>& children) noexcept;

  /// Gives back what was built and not published after all.
  void discard(CellRef built) noexcept;
  /// Gives back a node alone, without what it refers to.
  void discard_node(CellRef node) noexcept;

  /// Where an entity's hint is looked for first in a bucket of `capacity`.
  [[nodiscard]] static constexpr std::uint32_t first_position(std::uint32_t entity,
                                                              std::size_t capacity) noexcept {
    constexpr std::uint32_t golden_ratio = 2'654'435'769;  // Knuth's multiplicative hashing
    return static_cast<std::uint32_t>(std::uint64_t{entity * golden_ratio} * capacity >> 32);
  }

 private:
  [[nodiscard]] CellRef build_bucket(std::span<const std::uint64_t> hints) noexcept;
  [[nodiscard]] CellRef split(std::span<std::uint64_t> hints, unsigned depth) noexcept;
  [[nodiscard]] std::uint32_t allocate(unsigned size) noexcept;

  Pool& pool_;
  const std::size_t slot_;
};

}  // namespace geomatch::match
