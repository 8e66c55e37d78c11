#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "hint.hpp"
#include "memory/block.hpp"

namespace geomatch::match {

/// What a cell of the tree refers to, in a word that is exchanged whole: nothing, a node or a bucket.
class CellRef {
 public:
  static constexpr std::uint32_t frozen = 1U << 31;
  static constexpr unsigned index_bits = 27;
  static constexpr std::uint32_t most_index = (1U << index_bits) - 1;

  constexpr CellRef() noexcept = default;
  constexpr explicit CellRef(std::uint32_t bits) noexcept : bits_(bits) {}
  [[nodiscard]] static constexpr CellRef node(std::uint32_t index) noexcept {
    return CellRef{node_kind << index_bits | index};
  }
  /// `size`: the pool's.
  [[nodiscard]] static constexpr CellRef bucket(std::uint32_t index, unsigned size) noexcept {
    return CellRef{(first_bucket_kind + size) << index_bits | index};
  }

  [[nodiscard]] constexpr std::uint32_t bits() const noexcept { return bits_; }
  /// The word won't change again: the node that it is part of is being replaced.
  [[nodiscard]] constexpr bool is_frozen() const noexcept { return (bits_ & frozen) != 0; }
  [[nodiscard]] constexpr bool is_empty() const noexcept { return (bits_ & ~frozen) == 0; }
  [[nodiscard]] constexpr bool is_node() const noexcept { return kind() == node_kind; }
  [[nodiscard]] constexpr bool is_bucket() const noexcept { return kind() >= first_bucket_kind; }
  [[nodiscard]] constexpr std::uint32_t index() const noexcept { return bits_ & most_index; }
  [[nodiscard]] constexpr unsigned bucket_size() const noexcept { return kind() - first_bucket_kind; }
  [[nodiscard]] constexpr CellRef thawed() const noexcept { return CellRef{bits_ & ~frozen}; }

  friend constexpr bool operator==(CellRef, CellRef) = default;

 private:
  static constexpr unsigned node_kind = 1;
  static constexpr unsigned first_bucket_kind = 2;

  [[nodiscard]] constexpr unsigned kind() const noexcept { return (bits_ & ~frozen) >> index_bits; }

  std::uint32_t bits_ = 0;
};

/// A cell cut into 4 × 4: the children row by row from the south, each from the west. Where a cell is too
/// small to be cut, the children are sixteen parts of the entities instead.
struct CellNode : Block {
  static constexpr unsigned size = 1;  // the pool's: 128 bytes
  static constexpr unsigned children_count = 16;

  std::array<std::uint32_t, 12> unused;  // the children share a line of the cache, the second
  std::array<std::atomic<std::uint32_t>, children_count> children;
};

static_assert(sizeof(CellNode) == 128);

/// A cell with few entities: hints, without an order. Where an entity's are looked for, and put, begins at a
/// place of its own, so that two threads seldom want the same.
struct CellBucket : Block {
  /// Of the pool's sizes, from 64 bytes on.
  static constexpr unsigned sizes = 7;
  [[nodiscard]] static constexpr std::uint32_t capacity(unsigned bucket_size) noexcept {
    return (8U << bucket_size) - 2;
  }
  static constexpr std::uint32_t largest = (8U << (sizes - 1)) - 2;

  /// They follow; as many as the capacity says.
  [[nodiscard]] std::atomic<std::uint64_t>* hints() noexcept {
    return reinterpret_cast<std::atomic<std::uint64_t>*>(this + 1);
  }
};

static_assert(sizeof(CellBucket) == 16);

}  // namespace geomatch::match
