#include <algorithm>

#include "grid/cell_class.hpp"
#include "grid/impl.hpp"
#include "grid/nearest_search.hpp"

namespace geomatch::match {
namespace {

// Whether two points are hardly in one bucket.
bool is_far(CellPoint a, CellPoint b) noexcept {
  constexpr unsigned usual_cell_bits = 14;  // 182 m
  return ((a.x ^ b.x) | (a.y ^ b.y)) >> usual_cell_bits != 0;
}

// Records and cells are of the same pool, so that what a growing cell leaves behind becomes somebody's
// record. It has address space of three kilobytes for each entity. One with a dozen attributes takes one of
// them; the cells down to one that is alone in its part of the world take half of one, and those in a city a
// hundredth.
std::uint32_t block_units(std::size_t max_entities) {
  return static_cast<std::uint32_t>(
      std::min<std::size_t>(CellRef::most_index, 48 * max_entities + 2'097'152));
}

}  // namespace

Grid::Impl::Impl(std::size_t max_entities, model::Milliseconds delete_memory)
    : delete_memory_(delete_memory),
      blocks_(reclamation_, Record::unit_bytes, Pool::max_sizes, block_units(max_entities)),
      population_(reclamation_, blocks_, max_entities),
      tree_(blocks_) {}

std::uint32_t Grid::Impl::reserve(std::string_view id) {
  Guard guard{reclamation_};
  return population_.hold(guard, population_.key(id));
}

void Grid::Impl::release(std::uint32_t entity) {
  Guard guard{reclamation_};
  population_.let_go(guard, entity);
}

// A new entity is held until its fix is there: a vacant one that nobody holds would go.
UpsertResult Grid::Impl::upsert(const model::Fix& fix) {
  if (!fix.alive_at(fix.received_at)) return UpsertResult::stale;
  Guard guard{reclamation_};
  // What both will need is on its way while they wait for one another.
  const Population::Key key = population_.key(fix.id);
  tree_.prefetch(guard, cell_class_of(fix.role), CellPoint::from(fix.position));
  for (;;) {
    std::uint32_t entity = population_.find(guard, key);
    const bool is_new = entity == 0;
    if (is_new) entity = population_.hold(guard, key);
    if (entity == 0) return UpsertResult::full;
    const Published published = publish(guard, key, entity, fix);
    if (is_new) population_.let_go(guard, entity);
    switch (published) {
      case Published::yes:
        return UpsertResult::accepted;
      case Published::stale:
        return UpsertResult::stale;
      case Published::full:
        return UpsertResult::full;
      case Published::gone:
        break;  // erased meanwhile: it is a new one now
    }
  }
}

// The hint to the new place comes before the record, the one to the old place goes after it: so at every
// moment there is one to where the entity is.
Grid::Impl::Published Grid::Impl::publish(Guard& guard, const Population::Key& key, std::uint32_t index,
                                          const model::Fix& fix) {
  std::uint32_t record = population_.write_record(guard, fix);
  if (record == 0) return Published::full;
  Record::DeletedAt written_mark;
  const std::uint32_t expiry = whole_seconds(fix.expires_at());
  const unsigned to_class = cell_class_of(fix.role);
  const CellPoint to = CellPoint::from(fix.position);
  Published result = Published::gone;
  for (;;) {
    const EntityState known{guard.load(population_.entity(index).state)};
    if (known.is_dead()) break;
    const Record& old = population_.record(known.record());
    const bool had_fix = known.has_fix();
    if (is_older(fix, known, old)) {
      result = Published::stale;
      break;
    }
    const Record::DeletedAt mark = mark_at(old, fix.received_at);
    if (mark != written_mark) {  // seldom: it came back within the memory of its deletion
      population_.discard_record(guard, record);
      record = population_.write_record(guard, fix, mark);
      if (record == 0) return Published::full;
      written_mark = mark;
    }
    const CellPoint from = had_fix ? CellPoint::from(old.position()) : CellPoint{};
    const unsigned from_class = had_fix ? cell_class_of(old.role()) : 0;
    const bool moves = !had_fix || from != to || from_class != to_class;
    std::optional<CellTree::Slot> hint;
    if (had_fix && is_far(from, to)) tree_.prefetch(guard, from_class, from);  // for the removal
    if (moves && !(hint = tree_.insert(guard, to_class, to, index))) {
      result = Published::full;
      break;
    }
    if (exchange(index, known, record)) {
      if (moves && had_fix) tree_.remove(guard, from_class, from, index);
      if (known.is_mark()) population_.uncount_mark();
      population_.expect(key, record);
      population_.retire_record(guard, known.record());
      note_expiry(population_.entity(index), expiry);
      return Published::yes;
    }
    if (moves) tree_.remove(guard, to_class, to, index, hint);
  }
  population_.discard_record(guard, record);
  return result;
}

// Holds that come and go meanwhile are nothing to begin again for.
bool Grid::Impl::exchange(std::uint32_t index, EntityState known, std::uint32_t record) {
  std::uint64_t expected = known.bits();
  do {
    const EntityState now{expected};
    if (now.is_dead() || now.is_vacant() != known.is_vacant() || now.record() != known.record()) return false;
  } while (!population_.entity(index).state.compare_exchange_strong(
      expected, EntityState{expected}.with_record(record).bits()));
  return true;
}

// Only brought forward here, which it seldom is. When that time has come, expire looks at the record and sets
// the next.
void Grid::Impl::note_expiry(Entity& entity, std::uint32_t expiry) {
  std::uint32_t noted = entity.word.load();
  while ((noted == 0 || noted > expiry) && !entity.word.compare_exchange_weak(noted, expiry)) {
  }
}

bool Grid::Impl::is_stale(const model::Fix& fix) {
  if (!fix.alive_at(fix.received_at)) return true;
  Guard guard{reclamation_};
  const std::uint32_t index = population_.find(guard, population_.key(fix.id));
  if (index == 0) return false;
  const EntityState state{guard.load(population_.entity(index).state)};
  return !state.is_dead() && is_older(fix, state, population_.record(state.record()));
}

std::optional<model::Fix> Grid::Impl::find(std::string_view id, model::TimePoint now) {
  Guard guard{reclamation_};
  const std::uint32_t index = population_.find(guard, population_.key(id));
  if (index == 0) return std::nullopt;
  const EntityState state{guard.load(population_.entity(index).state)};
  if (!state.has_fix() || !population_.record(state.record()).alive_at(now)) return std::nullopt;
  std::optional<model::Fix> fix{std::in_place};
  population_.record(state.record()).read(*fix);
  return fix;
}

void Grid::Impl::visit_nearest(const Query& query, model::MatchVisitor visit) {
  if (query.limit <= 0) return;
  Guard guard{reclamation_};
  // On its way into the cache while the rest gets ready.
  tree_.prefetch(guard, cell_class_of(query.role), CellPoint::from(query.center));
  NearestSearch{guard, population_, tree_, query}.run(visit);
}

Grid::Grid(std::size_t max_entities, model::Milliseconds delete_memory)
    : impl_(std::make_unique<Impl>(std::clamp<std::size_t>(max_entities, 1, most_entities), delete_memory)) {}

Grid::~Grid() = default;

std::optional<Reservation> Grid::reserve(std::string_view id) {
  const std::uint32_t entity = impl_->reserve(id);
  if (entity == 0) return std::nullopt;
  return Reservation{*this, entity};
}

void Grid::release(std::uint64_t entity) noexcept {
  impl_->release(static_cast<std::uint32_t>(entity));
}

UpsertResult Grid::upsert(const model::Fix& fix) {
  return impl_->upsert(fix);
}

bool Grid::is_stale(const model::Fix& fix) const {
  return impl_->is_stale(fix);
}

bool Grid::erase(std::string_view id, model::TimePoint at) {
  return impl_->erase(id, at);
}

std::optional<model::Fix> Grid::find(std::string_view id, model::TimePoint now) const {
  return impl_->find(id, now);
}

void Grid::visit_nearest(const Query& query, model::MatchVisitor visit) const {
  impl_->visit_nearest(query, visit);
}

void Grid::expire(model::TimePoint now) {
  impl_->expire(now);
}

std::size_t Grid::size() const noexcept {
  return impl_->size();
}

std::size_t Grid::deletion_marks() const noexcept {
  return impl_->deletion_marks();
}

std::size_t Grid::used_bytes() const noexcept {
  return impl_->used_bytes();
}

}  // namespace geomatch::match
