#include <algorithm>
#include <iterator>
#include <vector>

#include <geomatch/geo/distance.hpp>
#include <geomatch/geo/local_frame.hpp>
#include <geomatch/match/brute_force.hpp>

namespace geomatch::match {
namespace {

bool qualifies(const model::Fix& fix, const Query& query) noexcept {
  return fix.alive_at(query.now) && fix.id != query.except_id &&
         (query.role.empty() || fix.role == query.role) &&
         (!query.max_age || query.now - fix.timestamp <= *query.max_age) &&
         (query.where == nullptr || satisfies(fix.attributes, *query.where));
}

}  // namespace

const BruteForce::Entity BruteForce::nobody{};

BruteForce::Entities::pointer BruteForce::admit(std::string_view id) {
  const auto known = entities_.find(id);
  if (known != entities_.end()) return &*known;
  if (entities_.size() >= max_entities_) return nullptr;
  return &*entities_.emplace(id, Entity{}).first;
}

void BruteForce::drop_if_unused(Entities::iterator entity) {
  const auto& [fix, at, deleted_at, reservations] = entity->second;
  if (!fix && !deleted_at && reservations == 0) entities_.erase(entity);
}

bool BruteForce::is_remembered(const Entity& entity, model::TimePoint received_at) const {
  return entity.deleted_at && received_at < *entity.deleted_at + delete_memory_;
}

bool BruteForce::is_stale(const model::Fix& fix, const Entity& known) const {
  if (!fix.alive_at(fix.received_at)) return true;
  if (is_remembered(known, fix.received_at) && fix.timestamp < *known.deleted_at) return true;
  return known.fix && known.fix->alive_at(fix.received_at) && fix.timestamp < known.fix->timestamp;
}

std::optional<Reservation> BruteForce::reserve(std::string_view id) {
  const std::lock_guard lock{mutex_};
  const auto entity = admit(id);
  if (entity == nullptr) return std::nullopt;
  ++entity->second.reservations;
  return Reservation{*this, reinterpret_cast<std::uintptr_t>(entity)};
}

void BruteForce::release(std::uint64_t entity) noexcept {
  const std::lock_guard lock{mutex_};
  const auto held = entities_.find(reinterpret_cast<Entities::pointer>(entity)->first);
  --held->second.reservations;
  drop_if_unused(held);
}

UpsertResult BruteForce::upsert(const model::Fix& fix) {
  const std::lock_guard lock{mutex_};
  const auto known = entities_.find(fix.id);
  if (is_stale(fix, known == entities_.end() ? nobody : known->second)) return UpsertResult::stale;
  const auto entity = admit(fix.id);
  if (entity == nullptr) return UpsertResult::full;
  if (!is_remembered(entity->second, fix.received_at)) entity->second.deleted_at.reset();
  entity->second.at = geo::EarthPoint::from(fix.position);
  entity->second.fix = fix;
  return UpsertResult::accepted;
}

bool BruteForce::is_stale(const model::Fix& fix) const {
  const std::lock_guard lock{mutex_};
  const auto known = entities_.find(fix.id);
  return is_stale(fix, known == entities_.end() ? nobody : known->second);
}

bool BruteForce::erase(std::string_view id, model::TimePoint at) {
  const std::lock_guard lock{mutex_};
  const auto entity = admit(id);
  if (entity == nullptr) return false;
  entity->second.fix.reset();
  entity->second.deleted_at = std::max(at, entity->second.deleted_at.value_or(at));
  return true;
}

std::optional<model::Fix> BruteForce::find(std::string_view id, model::TimePoint now) const {
  const std::lock_guard lock{mutex_};
  const auto entity = entities_.find(id);
  if (entity == entities_.end() || !entity->second.fix || !entity->second.fix->alive_at(now))
    return std::nullopt;
  return entity->second.fix;
}

void BruteForce::visit_nearest(const Query& query, model::MatchVisitor visit) const {
  struct Candidate {
    double distance_m;
    Entities::const_pointer entity;
  };
  const geo::LocalFrame frame{query.center};
  std::vector<Candidate> candidates;
  const std::lock_guard lock{mutex_};
  for (const auto& entity : entities_) {
    if (!entity.second.fix) continue;
    const double distance_m = geo::distance_m(frame.origin(), entity.second.at);
    if (distance_m > query.radius_m || !qualifies(*entity.second.fix, query)) continue;
    candidates.push_back({.distance_m = distance_m, .entity = &entity});
  }
  // Stable: the candidates come in the order of their ids.
  std::ranges::stable_sort(candidates, {}, &Candidate::distance_m);
  candidates.resize(std::min(candidates.size(), static_cast<std::size_t>(query.limit)));
  std::string packed;
  for (const auto& [distance_m, entity] : candidates) {
    const model::Fix& fix = *entity->second.fix;
    packed.resize(model::PackedAttributes::bytes_for(fix.attributes));
    model::PackedAttributes::pack(fix.attributes, packed.data());
    visit({.id = fix.id,
           .position = fix.position,
           .timestamp = fix.timestamp,
           .role = fix.role,
           .attributes = {packed.data(), fix.attributes.size()},
           .distance_m = distance_m,
           .bearing_deg = frame.bearing_deg(entity->second.at)});
  }
}

void BruteForce::expire(model::TimePoint now) {
  const std::lock_guard lock{mutex_};
  for (auto entity = entities_.begin(); entity != entities_.end();) {
    const auto next = std::next(entity);
    auto& [fix, at, deleted_at, reservations] = entity->second;
    if (reservations == 0) {
      const bool remembered = is_remembered(entity->second, now);
      if (fix && !fix->alive_at(now)) fix.reset();
      if (!fix && !remembered) deleted_at.reset();
      drop_if_unused(entity);
    }
    entity = next;
  }
}

std::size_t BruteForce::size() const noexcept {
  const std::lock_guard lock{mutex_};
  return entities_.size();
}

std::size_t BruteForce::deletion_marks() const noexcept {
  const std::lock_guard lock{mutex_};
  return static_cast<std::size_t>(std::ranges::count_if(
      entities_, [](const auto& entity) { return !entity.second.fix && entity.second.deleted_at; }));
}

}  // namespace geomatch::match
