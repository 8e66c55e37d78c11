#include "population.hpp"

#include <algorithm>

#include "hint.hpp"

namespace geomatch::match {
namespace {

// As many again as there may be: those that have gone, while a thread that sleeps may still look at them.
std::uint32_t entity_units(std::size_t max_entities) {
  constexpr std::size_t most = (std::size_t{1} << Hint::entity_bits) - 1;
  return static_cast<std::uint32_t>(std::min(most, 2 * max_entities + 65'536));
}

// With less than an eighth of the memory left nobody new is admitted: it is for those who are here, and move.
constexpr std::uint32_t admission_reserve = 8;

}  // namespace

Population::Population(Reclamation& reclamation, Pool& blocks, std::size_t max_entities)
    : max_entities_(max_entities),
      entities_(reclamation, sizeof(Entity), 1, entity_units(max_entities)),
      records_(blocks),
      index_(max_entities, entities_, records_) {}

std::uint32_t Population::hold(Reclamation::Guard& guard, const Key& key) noexcept {
  for (;;) {
    const std::uint32_t known = index_.find(guard, key);
    if (known != 0) {
      if (try_hold(guard, known)) return known;
      continue;  // it has just gone
    }
    const std::uint32_t made = make(guard, key);
    if (made == 0) return 0;
    if (index_.add(guard, key, made)) return made;
    // Another thread was faster. This one was never to be seen.
    size_.fetch_sub(1);
    discard_record(guard, EntityState{entity(made).state.load()}.record());
    entities_.discard(guard.slot(), 0, made);
  }
}

bool Population::try_hold(Reclamation::Guard& guard, std::uint32_t index) noexcept {
  std::atomic<std::uint64_t>& state = entity(index).state;
  std::uint64_t known = guard.load(state);
  while (!EntityState{known}.is_dead()) {
    if (state.compare_exchange_weak(known, EntityState{known}.held().bits())) return true;
  }
  return false;
}

std::uint32_t Population::make(Reclamation::Guard& guard, const Key& key) noexcept {
  if (records_.is_down_to(admission_reserve) || !make_room()) return 0;
  const std::uint32_t record = write_record(guard, key.id);
  const std::uint32_t made = record == 0 ? 0 : entities_.allocate(guard.slot(), 0);
  if (made == 0) {
    if (record != 0) discard_record(guard, record);
    size_.fetch_sub(1);
    return 0;
  }
  Entity& fresh = entity(made);
  fresh.hash = key.hash;
  fresh.word.store(0);
  fresh.state.store(EntityState::vacant_with(record).held().bits());
  return made;
}

bool Population::make_room() noexcept {
  std::size_t size = size_.load();
  while (size < max_entities_) {
    if (size_.compare_exchange_weak(size, size + 1)) return true;
  }
  return false;
}

// For a moment an entity may have ceased to be a mark before it is counted as one.
std::size_t Population::marks() const noexcept {
  return static_cast<std::size_t>(std::max<std::int64_t>(marks_.load(), 0));
}

void Population::let_go(Reclamation::Guard& guard, std::uint32_t index) noexcept {
  std::atomic<std::uint64_t>& state = entity(index).state;
  std::uint64_t held = state.load();
  while (!state.compare_exchange_weak(held, EntityState{held}.let_go().bits())) {
  }
  if (EntityState{held}.let_go().is_dead()) bury(guard, index);
}

void Population::bury(Reclamation::Guard& guard, std::uint32_t entity) noexcept {
  size_.fetch_sub(1);
  index_.remove(guard, entity);
}

std::uint32_t Population::write_record(Reclamation::Guard& guard, const model::Fix& fix,
                                       Record::DeletedAt deleted_at) noexcept {
  const unsigned size = records_.size_for(Record::bytes_for(fix, deleted_at));
  if (size >= Pool::max_sizes) return 0;
  const std::uint32_t index = records_.allocate(guard.slot(), size);
  if (index != 0) records_.at<Record>(index).write(fix, size, deleted_at);
  return index;
}

std::uint32_t Population::write_record(Reclamation::Guard& guard, std::string_view id,
                                       Record::DeletedAt deleted_at) noexcept {
  const unsigned size = records_.size_for(Record::bytes_for(id));
  const std::uint32_t index = records_.allocate(guard.slot(), size);
  if (index != 0) records_.at<Record>(index).write(id, size, deleted_at);
  return index;
}

void Population::discard_record(Reclamation::Guard& guard, std::uint32_t index) noexcept {
  records_.discard(guard.slot(), record(index).size(), index);
}

void Population::retire_record(Reclamation::Guard& guard, std::uint32_t index) noexcept {
  records_.retire(guard.slot(), record(index).size(), index);
}

}  // namespace geomatch::match
