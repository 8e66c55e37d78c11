#include <algorithm>
#include <mutex>

#include <geomatch/match/grid.hpp>

#include "event_time.hpp"
#include "selection.hpp"

namespace geomatch::match {
namespace {

constexpr double cell_height_deg = 0.01;

}  // namespace

struct Grid::Entity {
  std::shared_ptr<const model::Fix> fix;  // null: only reserved
  geo::EarthPoint at;                     // fix->position's, reckoned once
  geo::Cell cell;                         // which it is listed in, if it has a fix
  std::size_t index_in_cell = 0;
  std::multimap<model::TimePoint, Entities::pointer>::iterator expiry;  // valid if it has a fix
  int reservations = 0;
};

Grid::Grid(std::size_t max_entities) : max_entities_(max_entities), cells_(cell_height_deg) {}

Grid::~Grid() = default;

Grid::Entities::pointer Grid::admit(std::string_view id) {
  const auto known = entities_.find(id);
  if (known != entities_.end()) return &*known;
  if (entities_.size() >= max_entities_) return nullptr;
  return &*entities_.emplace(id, std::make_unique<Entity>()).first;
}

void Grid::drop_if_unused(Entities::iterator entity) {
  if (entity->second->fix == nullptr && entity->second->reservations == 0) entities_.erase(entity);
}

void Grid::leave_cell(Entity& entity) {
  const auto cell = occupied_.find(entity.cell);
  std::vector<Entity*>& members = cell->second;
  members.back()->index_in_cell = entity.index_in_cell;
  members[entity.index_in_cell] = members.back();
  members.pop_back();
  if (members.empty()) occupied_.erase(cell);
}

void Grid::unplace(Entity& entity) {
  if (entity.fix == nullptr) return;
  leave_cell(entity);
  expiries_.erase(entity.expiry);
  entity.fix = nullptr;
}

void Grid::place(Entities::value_type& named, std::shared_ptr<const model::Fix> fix) {
  Entity& entity = *named.second;
  const geo::Cell cell = cells_.cell_of(fix->position);
  if (entity.fix != nullptr) expiries_.erase(entity.expiry);
  if (entity.fix == nullptr || entity.cell != cell) {
    if (entity.fix != nullptr) leave_cell(entity);
    std::vector<Entity*>& members = occupied_[cell];
    entity.cell = cell;
    entity.index_in_cell = members.size();
    members.push_back(&entity);
  }
  entity.expiry = expiries_.emplace(fix->expires_at(), &named);
  entity.at = geo::EarthPoint::from(fix->position);
  entity.fix = std::move(fix);
}

std::optional<Reservation> Grid::reserve(std::string_view id) {
  const std::unique_lock lock{mutex_};
  const auto entity = admit(id);
  if (entity == nullptr) return std::nullopt;
  ++entity->second->reservations;
  return Reservation{*this, std::string{id}};
}

void Grid::release(std::string_view id) noexcept {
  const std::unique_lock lock{mutex_};
  const auto entity = entities_.find(id);
  --entity->second->reservations;
  drop_if_unused(entity);
}

UpsertResult Grid::upsert(std::shared_ptr<const model::Fix> fix) {
  const std::unique_lock lock{mutex_};
  const auto known = entities_.find(fix->id);
  if (is_stale(*fix, known == entities_.end() ? nullptr : known->second->fix.get()))
    return UpsertResult::stale;
  const auto entity = admit(fix->id);
  if (entity == nullptr) return UpsertResult::full;
  place(*entity, std::move(fix));
  return UpsertResult::accepted;
}

void Grid::erase(std::string_view id) {
  const std::unique_lock lock{mutex_};
  const auto entity = entities_.find(id);
  if (entity == entities_.end()) return;
  unplace(*entity->second);
  drop_if_unused(entity);
}

std::shared_ptr<const model::Fix> Grid::find(std::string_view id, model::TimePoint now) const {
  const std::shared_lock lock{mutex_};
  const auto entity = entities_.find(id);
  if (entity == entities_.end()) return nullptr;
  const auto& fix = entity->second->fix;
  return fix != nullptr && fix->alive_at(now) ? fix : nullptr;
}

std::vector<Match> Grid::nearest(const Query& query) const {
  Selection selection{query};
  if (query.limit == 0) return selection.take();
  const auto offer_all = [&](const std::vector<Entity*>& members) {
    for (const Entity* entity : members) selection.offer(entity->fix, entity->at);
  };
  const std::vector<geo::CellSpan> spans = cells_.covering(query.center, query.radius_m);
  // One span a row, from south to north.
  const auto is_covered = [&](const geo::Cell& cell) {
    const std::int32_t nth = cell.row - spans.front().row;
    if (nth < 0 || nth >= static_cast<std::int32_t>(spans.size())) return false;
    const geo::CellSpan& span = spans[static_cast<std::size_t>(nth)];
    const std::int32_t around = cells_.columns(span.row);
    return (cell.column - span.first_column + around) % around < span.count;
  };
  std::size_t covered = 0;
  for (const geo::CellSpan& span : spans) covered += static_cast<std::size_t>(span.count);

  const std::shared_lock lock{mutex_};
  if (covered > occupied_.size()) {  // mostly empty cells: cheaper to go through those that aren't
    for (const auto& [cell, members] : occupied_) {
      if (is_covered(cell)) offer_all(members);
    }
    return selection.take();
  }
  for (const geo::CellSpan& span : spans) {
    const std::int32_t around = cells_.columns(span.row);
    for (std::int32_t i = 0; i < span.count; ++i) {
      const auto cell = occupied_.find({.row = span.row, .column = (span.first_column + i) % around});
      if (cell != occupied_.end()) offer_all(cell->second);
    }
  }
  return selection.take();
}

void Grid::expire(model::TimePoint now) {
  const std::unique_lock lock{mutex_};
  for (auto next = expiries_.begin(); next != expiries_.end() && next->first <= now;) {
    const auto expired = next++;
    const auto entity = entities_.find(expired->second->first);
    // One with a post in flight stays: that post is judged against the fix known when it arrived.
    if (entity->second->reservations != 0) continue;
    unplace(*entity->second);
    entities_.erase(entity);
  }
}

std::size_t Grid::size() const noexcept {
  const std::shared_lock lock{mutex_};
  return entities_.size();
}

}  // namespace geomatch::match
