#pragma once

#include <atomic>
#include <cstdint>

#include "memory/block.hpp"

namespace geomatch::match {

/// What an entity is at a moment, in one word.
class EntityState {
 public:
  constexpr explicit EntityState(std::uint64_t bits = 0) noexcept : bits_(bits) {}

  /// Without a fix: `record` only names its id.
  [[nodiscard]] static constexpr EntityState vacant_with(std::uint32_t record) noexcept {
    return EntityState{vacant | record};
  }

  [[nodiscard]] constexpr std::uint64_t bits() const noexcept { return bits_; }
  /// Its fix; where it is vacant, a record that names its id; where it is a mark, and when it was deleted.
  [[nodiscard]] constexpr std::uint32_t record() const noexcept { return static_cast<std::uint32_t>(bits_); }
  /// It is kept without a fix, because it is held or a mark.
  [[nodiscard]] constexpr bool is_vacant() const noexcept { return (bits_ & vacant) != 0; }
  /// It is vacant, and kept for as long as it is remembered that it was deleted.
  [[nodiscard]] constexpr bool is_mark() const noexcept { return (bits_ & mark) != 0; }
  /// It is gone for good, and waits to be taken out of the index.
  [[nodiscard]] constexpr bool is_dead() const noexcept { return (bits_ & dead) != 0; }
  [[nodiscard]] constexpr bool has_fix() const noexcept { return (bits_ & (vacant | dead)) == 0; }
  /// How many reservations keep it.
  [[nodiscard]] constexpr std::uint64_t holds() const noexcept { return bits_ / one_hold; }

  [[nodiscard]] constexpr EntityState with_record(std::uint32_t record) const noexcept {
    return EntityState{holds() * one_hold | record};
  }
  [[nodiscard]] constexpr EntityState held() const noexcept { return EntityState{bits_ + one_hold}; }
  /// Without one of its holds; a vacant one that has no other, and is no mark, dies of it.
  [[nodiscard]] constexpr EntityState let_go() const noexcept {
    const EntityState left{bits_ - one_hold};
    return left.is_vacant() && left.holds() == 0 && !left.is_mark() ? EntityState{dead | record()} : left;
  }
  /// Held, without its fix.
  [[nodiscard]] constexpr EntityState vacated() const noexcept { return EntityState{bits_ | vacant}; }
  /// `record` says when it was deleted.
  [[nodiscard]] constexpr EntityState marked_by(std::uint32_t record) const noexcept {
    return EntityState{holds() * one_hold | mark | vacant | record};
  }
  /// Of one that nobody holds.
  [[nodiscard]] constexpr EntityState died() const noexcept { return EntityState{dead | record()}; }
  [[nodiscard]] constexpr bool differs_in_holds_only(EntityState other) const noexcept {
    return (bits_ ^ other.bits_) % one_hold == 0;
  }

 private:
  static constexpr std::uint64_t vacant = std::uint64_t{1} << 32;
  static constexpr std::uint64_t dead = std::uint64_t{1} << 33;
  static constexpr std::uint64_t mark = std::uint64_t{1} << 34;
  static constexpr std::uint64_t one_hold = std::uint64_t{1} << 35;

  std::uint64_t bits_;
};

/// An entity: its place in the index, and which record is its fix. The block's word is a time at which to see
/// whether its fix or its mark has expired, in seconds since 1970, never later than that; 0: nothing to see.
struct Entity : Block {
  std::atomic<std::uint64_t> state;
  std::atomic<std::uint32_t> next;  ///< of the same bucket of the index: a Link
  std::uint32_t hash;               ///< of its id; fixed while it is in the index
};

static_assert(sizeof(Entity) == 32);

}  // namespace geomatch::match
