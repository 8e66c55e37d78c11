#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include <geomatch/geo/position.hpp>
#include <geomatch/model/condition.hpp>
#include <geomatch/model/fix.hpp>
#include <geomatch/model/packed_attributes.hpp>

#include "memory/block.hpp"

namespace geomatch::match {

/// A fix, packed: one version of an entity, immutable once it is published. A usual one is 64 bytes, a line
/// of the cache. The block's word is the time to live, in milliseconds; 0: it is no fix, and has only an id
/// and perhaps the time of its deletion.
class Record : public Block {
 public:
  using DeletedAt = std::optional<model::TimePoint>;

  /// A block of the pool's size `size` has unit_bytes << `size`.
  static constexpr std::size_t unit_bytes = 64;

  /// What `fix`, or an id without one, takes.
  [[nodiscard]] static std::size_t bytes_for(const model::Fix& fix, DeletedAt deleted_at = {}) noexcept;
  [[nodiscard]] static std::size_t bytes_for(std::string_view id) noexcept;

  /// Fills this, a block of the pool's `size` that has room for it and that no other thread sees yet. A
  /// receipt more than 24 days from the fix's timestamp is kept as of 24 days. `deleted_at`: when the entity
  /// was last deleted, before it came back.
  void write(const model::Fix& fix, unsigned size, DeletedAt deleted_at = {}) noexcept;
  /// The same for an entity that has no fix: its size, its id and `deleted_at` may be read then.
  void write(std::string_view id, unsigned size, DeletedAt deleted_at = {}) noexcept;

  [[nodiscard]] unsigned size() const noexcept { return size_; }

  /// The entity's deletion mark.
  [[nodiscard]] DeletedAt deleted_at() const noexcept {
    if (was_deleted_ == 0) return std::nullopt;
    return ttl() == model::Milliseconds{0} ? timestamp() : mark_behind_fix();
  }

  [[nodiscard]] std::string_view id() const noexcept { return {payload(), id_bytes_}; }
  [[nodiscard]] std::string_view role() const noexcept { return {payload() + id_bytes_, role_bytes_}; }
  [[nodiscard]] geo::Position position() const noexcept { return position_; }
  [[nodiscard]] model::TimePoint timestamp() const noexcept {
    return model::TimePoint{model::Milliseconds{timestamp_ms_}};
  }
  [[nodiscard]] model::TimePoint expires_at() const noexcept { return timestamp() + ttl(); }
  [[nodiscard]] bool alive_at(model::TimePoint now) const noexcept { return now < expires_at(); }
  /// In this record's memory, as are the id and the role.
  [[nodiscard]] model::PackedAttributes attributes() const noexcept {
    if (attributes_ == 0) return {};
    return {packed_measures() + sizeof(double) * static_cast<std::size_t>(std::popcount(unsigned{measures_})),
            attributes_};
  }

  /// Whether the attributes meet every condition of `where`.
  [[nodiscard]] bool satisfies(const model::Where& where) const noexcept;

  /// Sets `fix` to what was written. Where its strings have the room already, nothing is allocated.
  void read(model::Fix& fix) const;

 private:
  [[nodiscard]] model::Milliseconds ttl() const noexcept;
  [[nodiscard]] model::TimePoint mark_behind_fix() const noexcept;
  [[nodiscard]] std::size_t mark_offset() const noexcept {
    return (unit_bytes << size_) - sizeof(std::int64_t);
  }
  [[nodiscard]] const char* payload() const noexcept { return reinterpret_cast<const char*>(this + 1); }
  [[nodiscard]] const char* packed_measures() const noexcept { return payload() + id_bytes_ + role_bytes_; }
  [[nodiscard]] char* payload() noexcept { return reinterpret_cast<char*>(this + 1); }

  geo::Position position_;
  std::int64_t timestamp_ms_;
  std::int32_t receipt_delay_ms_;
  std::uint8_t id_bytes_;
  std::uint8_t role_bytes_;
  std::uint8_t size_ : 4;
  std::uint8_t measures_ : 4;    // a bit for each of those that the fix has
  std::uint8_t attributes_ : 7;  // how many
  std::uint8_t was_deleted_ : 1;
  // Then the id, the role, the measures, the attributes; at the block's end, if it was deleted, when.
};

static_assert(sizeof(Record) == 40);

}  // namespace geomatch::match
