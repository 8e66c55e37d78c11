#include <algorithm>
#include <atomic>

#include <geomatch/match/grid.hpp>

#include "grid/cell_class.hpp"
#include "grid/cell_tree.hpp"
#include "grid/nearest_search.hpp"
#include "grid/population.hpp"
#include "memory/pool.hpp"
#include "memory/reclamation.hpp"

namespace geomatch::match {
namespace {

using Guard = Reclamation::Guard;

// Records and cells are of the same pool, so that what a growing cell leaves behind becomes somebody's
// record. It has address space of three kilobytes for each entity. One with a dozen attributes takes one of
// them; the cells down to one that is alone in its part of the world take half of one, and those in a city a
// hundredth.
std::uint32_t block_units(std::size_t max_entities) {
  return static_cast<std::uint32_t>(
      std::min<std::size_t>(CellRef::most_index, 48 * max_entities + 2'097'152));
}

constexpr std::size_t block_unit_bytes = Record::unit_bytes;

// Entities looked at under one guard: an operation that takes longer keeps more memory from being used again.
constexpr std::uint32_t expired_at_once = 256;

// Whether two points are hardly in one bucket.
bool is_far(CellPoint a, CellPoint b) noexcept {
  constexpr unsigned usual_cell_bits = 14;  // 182 m
  return ((a.x ^ b.x) | (a.y ^ b.y)) >> usual_cell_bits != 0;
}

// As an entity's word has it.
std::uint32_t whole_seconds(model::TimePoint expiry) noexcept {
  const auto since_1970 = std::chrono::floor<std::chrono::seconds>(expiry).time_since_epoch().count();
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(since_1970, 1, UINT32_MAX));
}

}  // namespace

class Grid::Impl {
 public:
  Impl(std::size_t max_entities, model::Milliseconds delete_memory)
      : delete_memory_(delete_memory),
        blocks_(reclamation_, block_unit_bytes, Pool::max_sizes, block_units(max_entities)),
        population_(reclamation_, blocks_, max_entities),
        tree_(blocks_) {}

  std::uint32_t reserve(std::string_view id);
  void release(std::uint32_t entity);
  UpsertResult upsert(const model::Fix& fix);
  bool is_stale(const model::Fix& fix);
  bool erase(std::string_view id, model::TimePoint at);
  std::optional<model::Fix> find(std::string_view id, model::TimePoint now);
  void visit_nearest(const Query& query, model::MatchVisitor visit);
  void expire(model::TimePoint now);
  [[nodiscard]] std::size_t size() const noexcept { return population_.size(); }
  [[nodiscard]] std::size_t deletion_marks() const noexcept { return population_.marks(); }
  [[nodiscard]] std::size_t used_bytes() const noexcept {
    return population_.used_bytes() + blocks_.used_bytes();
  }

 private:
  enum class Published { yes, stale, full, gone };

  Published publish(Guard& guard, const Population::Key& key, std::uint32_t index, const model::Fix& fix);
  bool exchange(std::uint32_t index, EntityState known, std::uint32_t record);
  void note_expiry(Entity& entity, std::uint32_t expiry);
  bool leave_mark(Guard& guard, const Population::Key& key, std::uint32_t index, model::TimePoint at);
  void remove_hint(Guard& guard, std::uint32_t index, const Record& of);
  void expire_if_due(Guard& guard, std::uint32_t index, model::TimePoint now);

  // An entity's mark, if it still counts for a fix that was received then.
  [[nodiscard]] Record::DeletedAt mark_at(const Record& known, model::TimePoint received_at) const noexcept {
    const Record::DeletedAt deleted_at = known.deleted_at();
    return deleted_at && received_at < *deleted_at + delete_memory_ ? deleted_at : std::nullopt;
  }
  // `known` is the record of an entity in that state.
  [[nodiscard]] bool is_older(const model::Fix& fix, EntityState state, const Record& known) const noexcept {
    const Record::DeletedAt mark = mark_at(known, fix.received_at);
    if (mark && fix.timestamp < *mark) return true;
    return state.has_fix() && known.alive_at(fix.received_at) && fix.timestamp < known.timestamp();
  }

  const model::Milliseconds delete_memory_;
  Reclamation reclamation_;
  Pool blocks_;
  Population population_;
  CellTree tree_;
};

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

// Held, known or not, until its mark is there.
bool Grid::Impl::erase(std::string_view id, model::TimePoint at) {
  Guard guard{reclamation_};
  const Population::Key key = population_.key(id);
  const std::uint32_t index = population_.hold(guard, key);
  if (index == 0) return false;
  const bool marked = leave_mark(guard, key, index, at);
  population_.let_go(guard, index);
  return marked;
}

// The mark takes the fix's place in one exchange, so nobody finds the entity without both. Without memory for
// it, the fix goes all the same.
bool Grid::Impl::leave_mark(Guard& guard, const Population::Key& key, std::uint32_t index,
                            model::TimePoint at) {
  Entity& entity = population_.entity(index);
  std::uint32_t mark = population_.write_record(guard, key.id, at);
  for (;;) {
    const EntityState known{guard.load(entity.state)};
    const Record& old = population_.record(known.record());
    const Record::DeletedAt before = old.deleted_at();
    const bool is_later_known = before && *before > at;
    if (mark == 0 ? !known.has_fix() : known.is_mark() && is_later_known) break;
    if (mark != 0 && is_later_known) {
      at = *before;
      population_.discard_record(guard, mark);
      mark = population_.write_record(guard, key.id, at);
      continue;
    }
    std::uint64_t expected = known.bits();
    const EntityState next = mark == 0 ? known.vacated() : known.marked_by(mark);
    if (!entity.state.compare_exchange_strong(expected, next.bits())) continue;
    if (known.has_fix()) remove_hint(guard, index, old);
    if (mark == 0) return false;
    if (!known.is_mark()) population_.count_mark();
    population_.expect(key, mark);
    population_.retire_record(guard, known.record());
    note_expiry(entity, whole_seconds(at + delete_memory_));
    return true;
  }
  if (mark == 0) return false;
  population_.discard_record(guard, mark);
  return true;
}

// By whoever has exchanged the record that the hint is of.
void Grid::Impl::remove_hint(Guard& guard, std::uint32_t index, const Record& of) {
  tree_.remove(guard, cell_class_of(of.role()), CellPoint::from(of.position()), index);
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

void Grid::Impl::expire(model::TimePoint now) {
  const std::int64_t now_s = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  const std::uint32_t end = population_.entities().used();
  for (std::uint32_t first = 1; first < end; first += expired_at_once) {
    Guard guard{reclamation_};
    for (std::uint32_t index = first; index < std::min(end, first + expired_at_once); ++index) {
      // Relaxed: what comes into it after this is for the next time.
      const std::uint32_t look_at_s = population_.entity(index).word.load(std::memory_order_relaxed);
      if (look_at_s != 0 && look_at_s <= now_s) expire_if_due(guard, index, now);
    }
  }
}

// A fix whose entity has a mark that still counts leaves that behind, in the same record.
void Grid::Impl::expire_if_due(Guard& guard, std::uint32_t index, model::TimePoint now) {
  Entity& entity = population_.entity(index);
  EntityState known{guard.load(entity.state)};
  while (known.has_fix() || known.is_mark()) {
    const Record& record = population_.record(known.record());
    const model::TimePoint end =
        known.has_fix() ? record.expires_at() : record.deleted_at().value_or(now) + delete_memory_;
    if (now < end) {
      entity.word.store(whole_seconds(end));
      // A record that came meanwhile, and found the earlier time here, may end before this one: once more,
      // then.
      const EntityState latest{guard.load(entity.state)};
      if (latest.differs_in_holds_only(known)) return;
      known = latest;
      continue;
    }
    if (known.holds() != 0) return;
    const bool leaves_mark = known.has_fix() && mark_at(record, now);
    const EntityState next = leaves_mark ? known.marked_by(known.record()) : known.died();
    std::uint64_t expected = known.bits();
    if (!entity.state.compare_exchange_strong(expected, next.bits())) {
      known = EntityState{guard.load(entity.state)};
      continue;
    }
    if (known.has_fix()) remove_hint(guard, index, record);
    if (known.is_mark()) population_.uncount_mark();
    if (!leaves_mark) return population_.bury(guard, index);
    population_.count_mark();
    known = next;  // for when to look at it again
  }
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
