#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <geomatch/match/matches.hpp>
#include <geomatch/match/query.hpp>
#include <geomatch/match/reservation.hpp>
#include <geomatch/match/upsert_result.hpp>
#include <geomatch/model/fix.hpp>
#include <geomatch/model/match_visitor.hpp>

namespace geomatch::match {

/// The live map: the last fix of every entity, and who is near a place. Thread-safe; how far threads may hold
/// one another up is the implementation's to say.
///
/// The map is a function of the upserts and erasures in their order, and of nothing else: no clock is read
/// here, so that a log replayed gives the same map.
class Matcher {
 public:
  virtual ~Matcher() = default;

  /// Keeps room for `id`, whether it is known or not. nullopt: unknown, and the map is full.
  [[nodiscard]] virtual std::optional<Reservation> reserve(std::string_view id) = 0;

  /// Moves an entity, or brings it onto the map. The fix with the newest timestamp counts, and of equal ones
  /// the one upserted last; both are judged as of `fix.received_at`.
  virtual UpsertResult upsert(const model::Fix& fix) = 0;

  /// Takes an entity off the map; nothing where it isn't known.
  virtual void erase(std::string_view id) = 0;

  /// The entity's fix, if it is known and counts at `now`.
  [[nodiscard]] virtual std::optional<model::Fix> find(std::string_view id, model::TimePoint now) const = 0;

  /// Shows `visit` the nearest that qualify, nearest first. An entity that stands still meanwhile is found
  /// once if it qualifies and never if it doesn't; one that moves is found at most once, at a place where it
  /// was.
  ///
  /// What `visit` is shown lies in the map's own memory and is valid until that call of it returns. Meanwhile
  /// the map keeps that memory back from being used again, so `visit` should be short, and it must not call
  /// this matcher. What it throws comes through.
  virtual void visit_nearest(const Query& query, model::MatchVisitor visit) const = 0;

  /// Sets `found` to copies of what visit_nearest shows.
  void nearest(const Query& query, Matches& found) const;

  /// Gives back the room of entities whose fix no longer counts at `now`. They aren't found in any case.
  virtual void expire(model::TimePoint now) = 0;

  /// Entities for which room is taken, expired ones that `expire` hasn't met yet included.
  [[nodiscard]] virtual std::size_t size() const noexcept = 0;

 private:
  friend class Reservation;

  virtual void release(std::uint64_t entity) noexcept = 0;
};

}  // namespace geomatch::match
