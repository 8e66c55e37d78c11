#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>

#include "entity.hpp"
#include "memory/pool.hpp"
#include "memory/reclamation.hpp"
#include "memory/region.hpp"

namespace geomatch::match {

/// Finds entities by their ids: a hash table of a fixed number of lock-free lists (Michael, "High performance
/// dynamic lock-free hash tables and list-based sets", SPAA 2002; unsorted, new ones first). Ids are compared
/// whole. The hash is keyed with a random number, so that no one can choose ids that meet in one list.
///
/// Thread-safe; all methods are lock-free.
class EntityIndex {
 public:
  /// For about `max_entities`. The entities are blocks of `entities` and their records of `records`.
  EntityIndex(std::size_t max_entities, Pool& entities, Pool& records);

  /// An id and its hash.
  struct Key {
    std::string_view id;
    std::uint32_t hash;
  };

  /// The key of `id`, whose text has to outlive it. Begins to get its list into the cache.
  [[nodiscard]] Key key(std::string_view id) const noexcept;

  /// The living entity of this id; 0 if there is none.
  [[nodiscard]] std::uint32_t find(Reclamation::Guard& guard, const Key& key) noexcept;

  /// Adds `entity`, whose state names a record of this id, unless a living one has that id: then false.
  [[nodiscard]] bool add(Reclamation::Guard& guard, const Key& key, std::uint32_t entity) noexcept;

  /// `record` is this id's now: the next search fetches it while it is still on its way to the entity.
  void expect(const Key& key, std::uint32_t record) noexcept {
    // Relaxed: a guess of where memory will be needed.
    list_of(key.hash).recent.store(record, std::memory_order_relaxed);
  }

  /// Takes out `entity`, which is dead, and retires it and its record.
  void remove(Reclamation::Guard& guard, std::uint32_t entity) noexcept;

  [[nodiscard]] std::size_t used_bytes() const noexcept { return sizeof(List) * (std::size_t{mask_} + 1); }

 private:
  using Link = std::uint32_t;  // an entity's index, twice; odd: its owner is on its way out of the list

  struct List {
    std::atomic<Link> first;
    std::atomic<std::uint32_t> recent;  // a record of one of its entities, as far as is known
  };

  struct Found {
    std::uint32_t entity = 0;
    Link first = 0;  // the list's first when the search began
  };

  [[nodiscard]] Found search(Reclamation::Guard& guard, const Key& key) noexcept;
  [[nodiscard]] bool is(Reclamation::Guard& guard, const Entity& entity, const Key& key) const noexcept;
  [[nodiscard]] List& list_of(std::uint32_t hash) const noexcept { return lists_[hash & mask_]; }
  void retire(Reclamation::Guard& guard, std::uint32_t entity) noexcept;

  Pool& entities_;
  Pool& records_;
  const std::uint64_t seed_;
  const std::uint32_t mask_;
  const Region region_;
  List* const lists_;
};

}  // namespace geomatch::match
