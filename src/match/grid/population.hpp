#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <geomatch/model/fix.hpp>

#include "entity.hpp"
#include "entity_index.hpp"
#include "memory/pool.hpp"
#include "memory/reclamation.hpp"
#include "record.hpp"

namespace geomatch::match {

/// The entities there are, how many they may be, and their records; not where they are. Thread-safe and
/// lock-free.
class Population {
 public:
  /// The records are blocks of `blocks`, which has units of 64 bytes and Pool::max_sizes sizes.
  Population(Reclamation& reclamation, Pool& blocks, std::size_t max_entities);

  using Key = EntityIndex::Key;

  [[nodiscard]] Key key(std::string_view id) const noexcept { return index_.key(id); }
  [[nodiscard]] std::uint32_t find(Reclamation::Guard& guard, const Key& key) noexcept {
    return index_.find(guard, key);
  }
  void expect(const Key& key, std::uint32_t record) noexcept { index_.expect(key, record); }

  /// The entity of this id with one hold more, new and vacant if there was none. 0: there is no room for a
  /// new one.
  [[nodiscard]] std::uint32_t hold(Reclamation::Guard& guard, const Key& key) noexcept;
  /// Gives a hold back. A vacant entity that nobody holds goes.
  void let_go(Reclamation::Guard& guard, std::uint32_t entity) noexcept;
  /// What is left to do once an entity's state was made dead: it leaves the index and makes room.
  void bury(Reclamation::Guard& guard, std::uint32_t entity) noexcept;

  /// A record of `fix` that no one else sees yet; 0: there is no memory for it. `deleted_at`: the mark that
  /// goes on beside it.
  [[nodiscard]] std::uint32_t write_record(Reclamation::Guard& guard, const model::Fix& fix,
                                           Record::DeletedAt deleted_at = {}) noexcept;
  /// The same of an entity that has no fix.
  [[nodiscard]] std::uint32_t write_record(Reclamation::Guard& guard, std::string_view id,
                                           Record::DeletedAt deleted_at = {}) noexcept;
  void discard_record(Reclamation::Guard& guard, std::uint32_t record) noexcept;
  void retire_record(Reclamation::Guard& guard, std::uint32_t record) noexcept;

  [[nodiscard]] Entity& entity(std::uint32_t index) const noexcept { return entities_.at<Entity>(index); }
  [[nodiscard]] const Record& record(std::uint32_t index) const noexcept {
    return records_.at<Record>(index);
  }
  [[nodiscard]] const Pool& entities() const noexcept { return entities_; }
  [[nodiscard]] const Pool& records() const noexcept { return records_; }

  [[nodiscard]] std::size_t size() const noexcept { return size_.load(); }
  /// Told by whoever has made an entity's state a mark, or something else again.
  void count_mark() noexcept { marks_.fetch_add(1); }
  void uncount_mark() noexcept { marks_.fetch_sub(1); }
  [[nodiscard]] std::size_t marks() const noexcept;
  [[nodiscard]] std::size_t used_bytes() const noexcept {
    return entities_.used_bytes() + index_.used_bytes();
  }

 private:
  [[nodiscard]] bool try_hold(Reclamation::Guard& guard, std::uint32_t entity) noexcept;
  [[nodiscard]] std::uint32_t make(Reclamation::Guard& guard, const Key& key) noexcept;
  [[nodiscard]] bool make_room() noexcept;

  const std::size_t max_entities_;
  Pool entities_;
  Pool& records_;
  EntityIndex index_;
  alignas(128) std::atomic<std::size_t> size_{0};
  std::atomic<std::int64_t> marks_{0};
};

}  // namespace geomatch::match
