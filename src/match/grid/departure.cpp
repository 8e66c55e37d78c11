// How entities leave the map: erased, which leaves a mark, or expired.
#include "cell_class.hpp"
#include "impl.hpp"

namespace geomatch::match {
namespace {

// Entities looked at under one guard: an operation that takes longer keeps more memory from being used again.
constexpr std::uint32_t expired_at_once = 256;

}  // namespace

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

}  // namespace geomatch::match
