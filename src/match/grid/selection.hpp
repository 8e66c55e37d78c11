#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <geomatch/geo/local_frame.hpp>
#include <geomatch/match/query.hpp>
#include <geomatch/model/match_visitor.hpp>

#include "memory/pool.hpp"
#include "memory/reclamation.hpp"
#include "nominees.hpp"
#include "record.hpp"

namespace geomatch::match {

/// The best of the entities offered that qualify, at most the query's limit of them. What an entity's record
/// says counts, whatever hint led there: its place, its distance, everything is of one moment.
class Selection {
 public:
  /// `entities` and `records` are the pools of Entity and Record.
  Selection(Reclamation::Guard& guard, const Pool& entities, const Pool& records,
            const Query& query) noexcept;

  /// Nothing farther than this can become one of the best any more.
  [[nodiscard]] float reach_sq() const noexcept { return reach_sq_; }
  [[nodiscard]] std::size_t limit() const noexcept { return limit_; }
  [[nodiscard]] bool is_full() const noexcept { return count_ == limit_; }
  /// Of the worst; there is one.
  [[nodiscard]] double greatest_distance_m() const noexcept { return selected_[count_ - 1].distance_m; }

  void offer(std::span<const Nominee> batch) noexcept;
  /// Whether two of them have one id: one was erased while this went on, and the other came after it.
  [[nodiscard]] bool has_an_id_twice() const noexcept;
  void clear() noexcept;
  /// The best first, as they lie in their records: for as long as the guard lives.
  void show(model::MatchVisitor visit) const;

 private:
  struct Candidate {
    const Record* record;
    std::uint32_t entity;
  };
  struct Selected {
    double distance_m;
    const Record* record;
    std::uint32_t entity;
  };

  void offer_some(std::span<const Nominee> batch) noexcept;
  void consider(const Candidate& candidate, double distance_m) noexcept;
  void add(const Selected& one) noexcept;
  [[nodiscard]] bool qualifies(const Record& record) const noexcept;
  [[nodiscard]] static bool is_before(const Selected& a, const Selected& b) noexcept;

  Reclamation::Guard& guard_;
  const Pool& entities_;
  const Pool& records_;
  const Query& query_;
  const geo::LocalFrame frame_;
  const std::size_t limit_;
  float reach_sq_ = 0;
  std::size_t count_ = 0;
  std::array<Selected, Query::max_limit> selected_;  // the best first
};

/// A square of a distance that isn't below the true one.
[[nodiscard]] float square_up(double distance_m) noexcept;

}  // namespace geomatch::match
