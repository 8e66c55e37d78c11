#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

#include <geomatch/geo/position.hpp>
#include <geomatch/model/condition.hpp>
#include <geomatch/model/fix.hpp>
#include <geomatch/model/packed_attributes.hpp>

#include "memory/block.hpp"

namespace geomatch::match {

/// A fix, packed: one version of an entity, immutable once it is published. A usual one is 64 bytes, a line
/// of the cache. The block's word is the time to live, in milliseconds.
class Record : public Block {
 public:
  /// What `fix`, or an id on its own, takes.
  [[nodiscard]] static std::size_t bytes_for(const model::Fix& fix) noexcept;
  [[nodiscard]] static std::size_t bytes_for(std::string_view id) noexcept;

  /// Fills this, a block of the pool's `size` that has room for it and that no other thread sees yet. A
  /// receipt more than 24 days from the fix's timestamp is kept as of 24 days.
  void write(const model::Fix& fix, unsigned size) noexcept;
  /// The same for an entity that has no fix: only its id may be read then.
  void write(std::string_view id, unsigned size) noexcept;

  [[nodiscard]] unsigned size() const noexcept { return size_; }

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
  [[nodiscard]] const char* payload() const noexcept { return reinterpret_cast<const char*>(this + 1); }
  [[nodiscard]] const char* packed_measures() const noexcept { return payload() + id_bytes_ + role_bytes_; }
  [[nodiscard]] char* payload() noexcept { return reinterpret_cast<char*>(this + 1); }

  geo::Position position_;
  std::int64_t timestamp_ms_;
  std::int32_t receipt_delay_ms_;
  std::uint8_t id_bytes_;
  std::uint8_t role_bytes_;
  std::uint8_t size_ : 4;
  std::uint8_t measures_ : 4;  // a bit for each of those that the fix has
  std::uint8_t attributes_;    // how many
  // Then the id, the role, the measures, the attributes.
};

static_assert(sizeof(Record) == 40);

}  // namespace geomatch::match
