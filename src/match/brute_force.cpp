#include <algorithm>
#include <iterator>

#include <geomatch/geo/distance.hpp>
#include <geomatch/geo/local_frame.hpp>
#include <geomatch/match/brute_force.hpp>

#include "event_time.hpp"
#include "selection.hpp"

namespace geomatch::match {

BruteForce::Entity* BruteForce::admit(std::string_view id) {
  const auto known = entities_.find(id);
  if (known != entities_.end()) return &known->second;
  if (entities_.size() >= max_entities_) return nullptr;
  return &entities_.emplace(id, Entity{}).first->second;
}

void BruteForce::drop_if_unused(Entities::iterator entity) {
  if (entity->second.fix == nullptr && entity->second.reservations == 0) entities_.erase(entity);
}

std::optional<Reservation> BruteForce::reserve(std::string_view id) {
  const std::lock_guard lock{mutex_};
  Entity* entity = admit(id);
  if (entity == nullptr) return std::nullopt;
  ++entity->reservations;
  return Reservation{*this, std::string{id}};
}

void BruteForce::release(std::string_view id) noexcept {
  const std::lock_guard lock{mutex_};
  const auto entity = entities_.find(id);
  --entity->second.reservations;
  drop_if_unused(entity);
}

UpsertResult BruteForce::upsert(std::shared_ptr<const model::Fix> fix) {
  const std::lock_guard lock{mutex_};
  const auto known = entities_.find(fix->id);
  if (is_stale(*fix, known == entities_.end() ? nullptr : known->second.fix.get()))
    return UpsertResult::stale;
  Entity* entity = admit(fix->id);
  if (entity == nullptr) return UpsertResult::full;
  entity->at = geo::EarthPoint::from(fix->position);
  entity->fix = std::move(fix);
  return UpsertResult::accepted;
}

void BruteForce::erase(std::string_view id) {
  const std::lock_guard lock{mutex_};
  const auto entity = entities_.find(id);
  if (entity == entities_.end()) return;
  entity->second.fix = nullptr;
  drop_if_unused(entity);
}

std::shared_ptr<const model::Fix> BruteForce::find(std::string_view id, model::TimePoint now) const {
  const std::lock_guard lock{mutex_};
  const auto entity = entities_.find(id);
  if (entity == entities_.end() || entity->second.fix == nullptr) return nullptr;
  return entity->second.fix->alive_at(now) ? entity->second.fix : nullptr;
}

std::vector<Match> BruteForce::nearest(const Query& query) const {
  const geo::LocalFrame frame{query.center};
  std::vector<Match> matches;
  const std::lock_guard lock{mutex_};
  for (const auto& [id, entity] : entities_) {
    if (entity.fix == nullptr) continue;
    const double distance_m = geo::distance_m(frame.origin(), entity.at);
    if (distance_m > query.radius_m || !qualifies(*entity.fix, query)) continue;
    matches.push_back({.fix = entity.fix, .distance_m = distance_m, .bearing_deg = frame.bearing_deg(entity.at)});
  }
  std::ranges::sort(matches, std::less<>{});
  matches.resize(std::min(matches.size(), static_cast<std::size_t>(query.limit)));
  return matches;
}

void BruteForce::expire(model::TimePoint now) {
  const std::lock_guard lock{mutex_};
  for (auto entity = entities_.begin(); entity != entities_.end();) {
    const auto next = std::next(entity);
    if (entity->second.fix != nullptr && entity->second.reservations == 0 &&
        !entity->second.fix->alive_at(now)) {
      entities_.erase(entity);
    }
    entity = next;
  }
}

std::size_t BruteForce::size() const noexcept {
  const std::lock_guard lock{mutex_};
  return entities_.size();
}

}  // namespace geomatch::match
