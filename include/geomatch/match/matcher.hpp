#pragma once

#include <chrono>
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
///
/// An erasure leaves a deletion mark, the time of it: a fix that was measured before it is stale if it was
/// received within `delete_memory` of it, or earlier. Where an entity comes back meanwhile, with a fix that
/// was measured later, its mark goes on beside the fix.
class Matcher {
 public:
  static constexpr model::Milliseconds default_delete_memory = std::chrono::hours{1};

  virtual ~Matcher() = default;

  /// Keeps room for `id`, whether it is known or not. nullopt: unknown, and the map is full.
  [[nodiscard]] virtual std::optional<Reservation> reserve(std::string_view id) = 0;

  /// Moves an entity, or brings it onto the map. The fix with the newest timestamp counts, and of equal ones
  /// the one upserted last, unless the entity was deleted after it was measured; all of it is judged as of
  /// `fix.received_at`.
  virtual UpsertResult upsert(const model::Fix& fix) = 0;

  /// Whether `upsert` would find `fix` stale. Once it is upserted: whether it was, or something that came
  /// later made it so.
  [[nodiscard]] virtual bool is_stale(const model::Fix& fix) const = 0;

  /// Takes an entity off the map, known or not, and leaves a mark that it was deleted at `at`, or later if
  /// there is a mark that says so. False: it is off the map, but there was no room for its mark; never with a
  /// reservation, as long as there is memory.
  virtual bool erase(std::string_view id, model::TimePoint at) = 0;

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

  /// Gives back the room of entities whose fix no longer counts at `now`, nor their deletion mark for a fix
  /// received at `now`. They aren't found in any case.
  virtual void expire(model::TimePoint now) = 0;

  /// Entities for which room is taken: those that are only deletion marks included, and expired ones that
  /// `expire` hasn't met yet.
  [[nodiscard]] virtual std::size_t size() const noexcept = 0;

  /// Of those, the ones that only a deletion mark keeps.
  [[nodiscard]] virtual std::size_t deletion_marks() const noexcept = 0;

 private:
  friend class Reservation;

  virtual void release(std::uint64_t entity) noexcept = 0;
};

}  // namespace geomatch::match
