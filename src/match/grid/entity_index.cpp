#include "entity_index.hpp"

#include <bit>
#include <random>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "record.hpp"

namespace geomatch::match {
namespace {

std::uint64_t random_seed() {
  std::random_device device;
  return std::uint64_t{device()} << 32 | device();
}

}  // namespace

EntityIndex::EntityIndex(std::size_t max_entities, Pool& entities, Pool& records)
    : entities_(entities),
      records_(records),
      seed_(random_seed()),
      mask_(static_cast<std::uint32_t>(std::bit_ceil(max_entities) - 1)),
      region_(sizeof(List) * (std::size_t{mask_} + 1)),
      lists_(reinterpret_cast<List*>(region_.data())) {}

EntityIndex::Key EntityIndex::key(std::string_view id) const noexcept {
  const auto hash = static_cast<std::uint32_t>(XXH3_64bits_withSeed(id.data(), id.size(), seed_));
  __builtin_prefetch(&list_of(hash));
  return {.id = id, .hash = hash};
}

inline bool EntityIndex::is(Reclamation::Guard& guard, const Entity& entity, const Key& key) const noexcept {
  if (entity.hash != key.hash) return false;
  const EntityState state{guard.load(entity.state)};
  return !state.is_dead() && records_.at<Record>(state.record()).id() == key.id;
}

EntityIndex::Found EntityIndex::search(Reclamation::Guard& guard, const Key& key) noexcept {
  List& list = list_of(key.hash);
  __builtin_prefetch(&records_.at<Record>(list.recent.load(std::memory_order_relaxed)));
  for (;;) {
    std::atomic<Link>* from = &list.first;
    const Link first = guard.load(*from);
    Link link = first;
    while (link != 0) {
      auto& entity = entities_.at<Entity>(link / 2);
      const Link next = guard.load(entity.next);
      if (next % 2 != 0) {  // going: helped out of the list, by whom it is retired
        Link expected = link;
        if (!from->compare_exchange_strong(expected, next - 1)) break;
        retire(guard, link / 2);
        if (from == &list.first) break;
        link = next - 1;
        continue;
      }
      if (is(guard, entity, key)) return {.entity = link / 2, .first = first};
      from = &entity.next;
      link = next;
    }
    if (link == 0) return {.entity = 0, .first = first};
  }
}

std::uint32_t EntityIndex::find(Reclamation::Guard& guard, const Key& key) noexcept {
  return search(guard, key).entity;
}

// New ones come first, so a list whose first is still the same has got no new one since the search; and an
// entity that left and came back would be another one, since this operation keeps its index from being used
// again.
bool EntityIndex::add(Reclamation::Guard& guard, const Key& key, std::uint32_t entity) noexcept {
  auto& added = entities_.at<Entity>(entity);
  for (;;) {
    Found found = search(guard, key);
    if (found.entity != 0) return false;
    added.next.store(found.first);
    if (list_of(key.hash).first.compare_exchange_strong(found.first, entity * 2)) return true;
  }
}

void EntityIndex::remove(Reclamation::Guard& guard, std::uint32_t entity) noexcept {
  auto& going = entities_.at<Entity>(entity);
  // From here on nothing is put behind it. Whoever comes along takes it out; this search does at the latest.
  const std::uint32_t hash = going.hash;
  going.next.fetch_or(1);
  // A search for what isn't there goes through the whole list.
  static_cast<void>(search(guard, {.id = {}, .hash = hash}));
}

void EntityIndex::retire(Reclamation::Guard& guard, std::uint32_t entity) noexcept {
  // Dead ones change no more.
  const EntityState last{entities_.at<Entity>(entity).state.load()};
  records_.retire(guard.slot(), records_.at<Record>(last.record()).size(), last.record());
  entities_.retire(guard.slot(), 0, entity);
}

}  // namespace geomatch::match
