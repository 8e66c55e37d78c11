#include "selection.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <geomatch/geo/distance.hpp>

#include "entity.hpp"

namespace geomatch::match {
namespace {

// So many misses of the cache are under way at once; more would only wait for one another.
constexpr std::size_t looked_up_at_once = 32;

}  // namespace

float square_up(double distance_m) noexcept {
  return std::nextafter(static_cast<float>(distance_m * distance_m), std::numeric_limits<float>::infinity());
}

Selection::Selection(Reclamation::Guard& guard, const Pool& entities, const Pool& records,
                     const Query& query) noexcept
    : guard_(guard),
      entities_(entities),
      records_(records),
      query_(query),
      frame_(query.center),
      last_position_(query.center),
      last_at_(frame_.origin()),
      limit_(static_cast<std::size_t>(std::clamp(query.limit, 0, Query::max_limit))) {
  clear();
}

void Selection::clear() noexcept {
  count_ = 0;
  reach_sq_ = square_up(query_.radius_m);
}

void Selection::offer(std::span<const Nominee> batch) noexcept {
  for (; batch.size() > looked_up_at_once; batch = batch.subspan(looked_up_at_once)) {
    offer_some(batch.first(looked_up_at_once));
  }
  offer_some(batch);
}

// From the hints to the entities to their records, each step for all of them, so that their misses of the
// cache pass at the same time.
void Selection::offer_some(std::span<const Nominee> batch) noexcept {
  for (const Nominee nominee : batch) __builtin_prefetch(&entities_.at<Entity>(nominee.entity()));
  std::array<const Record*, looked_up_at_once> records;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const EntityState state{guard_.load(entities_.at<Entity>(batch[i].entity()).state)};
    records[i] = state.has_fix() ? &records_.at<Record>(state.record()) : nullptr;
    if (records[i] != nullptr) __builtin_prefetch(records[i]);
  }
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (records[i] != nullptr && batch[i].nearness_sq() <= reach_sq_)
      consider(batch[i].entity(), *records[i]);
  }
}

bool Selection::qualifies(const Record& record) const noexcept {
  return record.alive_at(query_.now) && (query_.role.empty() || record.role() == query_.role) &&
         (!query_.max_age || query_.now - record.timestamp() <= *query_.max_age) &&
         (!query_.has_conditions() || record.satisfies(*query_.where)) && record.id() != query_.except_id;
}

void Selection::consider(std::uint32_t entity, const Record& record) noexcept {
  Selected one{.distance_m = last_distance_m_, .record = &record, .at = last_at_, .entity = entity};
  if (record.position() != last_position_) {  // many on one point cost less
    last_position_ = record.position();
    one.at = last_at_ = geo::EarthPoint::from(last_position_);
    one.distance_m = last_distance_m_ = geo::distance_m(frame_.origin(), one.at);
  }
  if (one.distance_m > query_.radius_m) return;
  if (is_full() && !is_before(one, selected_[count_ - 1])) return;
  if (!qualifies(record)) return;
  // One that moves may be met twice: it stays where it was met first.
  const auto selected = std::span{selected_}.first(count_);
  if (std::ranges::find(selected, entity, &Selected::entity) == selected.end()) add(one);
}

bool Selection::is_before(const Selected& a, const Selected& b) noexcept {
  return a.distance_m != b.distance_m ? a.distance_m < b.distance_m : a.record->id() < b.record->id();
}

void Selection::add(const Selected& one) noexcept {
  if (!is_full()) ++count_;
  std::size_t place = count_ - 1;
  for (; place != 0 && is_before(one, selected_[place - 1]); --place) selected_[place] = selected_[place - 1];
  selected_[place] = one;
  if (is_full()) reach_sq_ = square_up(greatest_distance_m());
}

// Of living entities no two have one id, so only those that have died meanwhile are worth a look.
bool Selection::has_an_id_twice() const noexcept {
  const auto selected = std::span{selected_}.first(count_);
  return std::ranges::any_of(selected, [&](const Selected& one) {
    const EntityState state{entities_.at<Entity>(one.entity).state.load()};
    return state.is_dead() && std::ranges::any_of(selected, [&](const Selected& other) {
             return &other != &one && other.record->id() == one.record->id();
           });
  });
}

void Selection::copy_to(Matches& found) const {
  found.clear();
  for (const Selected& one : std::span{selected_}.first(count_)) {
    Match& match = found.append();
    one.record->read(match.fix);
    match.distance_m = one.distance_m;
    match.bearing_deg = frame_.bearing_deg(one.at);
  }
}

}  // namespace geomatch::match
