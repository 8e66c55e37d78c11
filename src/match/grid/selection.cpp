#include "selection.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

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
// cache pass at the same time, and then their distances as well.
void Selection::offer_some(std::span<const Nominee> batch) noexcept {
  for (const Nominee nominee : batch) __builtin_prefetch(&entities_.at<Entity>(nominee.entity()));
  std::array<Candidate, looked_up_at_once> candidates;
  std::size_t count = 0;
  for (const Nominee nominee : batch) {
    const EntityState state{guard_.load(entities_.at<Entity>(nominee.entity()).state)};
    if (!state.has_fix()) continue;
    const Record& record = records_.at<Record>(state.record());
    __builtin_prefetch(&record);
    candidates[count++] = {.record = &record, .entity = nominee.entity()};
  }
  std::array<geo::Position, looked_up_at_once> places;
  for (std::size_t i = 0; i < count; ++i) places[i] = candidates[i].record->position();
  std::array<double, looked_up_at_once> distances_m;
  frame_.distances_m(std::span{places}.first(count), distances_m.data());
  for (std::size_t i = 0; i < count; ++i) consider(candidates[i], distances_m[i]);
}

bool Selection::qualifies(const Record& record) const noexcept {
  return record.alive_at(query_.now) && (query_.role.empty() || record.role() == query_.role) &&
         (!query_.max_age || query_.now - record.timestamp() <= *query_.max_age) &&
         (!query_.has_conditions() || record.satisfies(*query_.where)) && record.id() != query_.except_id;
}

void Selection::consider(const Candidate& candidate, double distance_m) noexcept {
  if (distance_m > query_.radius_m) return;
  const Selected one{.distance_m = distance_m, .record = candidate.record, .entity = candidate.entity};
  if (is_full() && !is_before(one, selected_[count_ - 1])) return;
  if (!qualifies(*one.record)) return;
  // One that moves may be met twice: it stays where it was met first.
  const auto selected = std::span{selected_}.first(count_);
  if (std::ranges::find(selected, one.entity, &Selected::entity) == selected.end()) add(one);
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

void Selection::show(model::MatchVisitor visit) const {
  std::array<geo::Position, Query::max_limit> places;
  std::array<double, Query::max_limit> bearings_deg;
  for (std::size_t i = 0; i < count_; ++i) places[i] = selected_[i].record->position();
  frame_.bearings_deg(std::span{places}.first(count_), bearings_deg.data());
  for (std::size_t i = 0; i < count_; ++i) {
    const Record& record = *selected_[i].record;
    visit({.id = record.id(),
           .position = places[i],
           .timestamp = record.timestamp(),
           .role = record.role(),
           .attributes = record.attributes(),
           .distance_m = selected_[i].distance_m,
           .bearing_deg = bearings_deg[i]});
  }
}

}  // namespace geomatch::match
