#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

#include <geomatch/match/grid.hpp>

#include "cell_tree.hpp"
#include "memory/pool.hpp"
#include "memory/reclamation.hpp"
#include "population.hpp"

namespace geomatch::match {

/// What there is of a Grid, and how an entity comes, moves, goes and is found: docs/matcher.md. Upserts and
/// what is asked are in grid.cpp, erasure and expiry in departure.cpp.
class Grid::Impl {
 public:
  Impl(std::size_t max_entities, model::Milliseconds delete_memory);

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
  using Guard = Reclamation::Guard;

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

  // As an entity's word has it.
  [[nodiscard]] static std::uint32_t whole_seconds(model::TimePoint expiry) noexcept {
    const auto since_1970 = std::chrono::floor<std::chrono::seconds>(expiry).time_since_epoch().count();
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(since_1970, 1, UINT32_MAX));
  }

  const model::Milliseconds delete_memory_;
  Reclamation reclamation_;
  Pool blocks_;
  Population population_;
  CellTree tree_;
};

}  // namespace geomatch::match
