#pragma once

#include <memory>
#include <vector>

#include <geomatch/geo/local_frame.hpp>
#include <geomatch/match/match.hpp>
#include <geomatch/match/query.hpp>

namespace geomatch::match {

/// Whether `fix` may be a match, its distance aside.
[[nodiscard]] bool qualifies(const model::Fix& fix, const Query& query) noexcept;

/// The best of the candidates offered so far, at most the query's limit of them.
class Selection {
 public:
  explicit Selection(const Query& query);

  /// Considers `fix`, which is at `at`.
  void offer(const std::shared_ptr<const model::Fix>& fix, const geo::EarthPoint& at);

  /// The matches, nearest first. The selection is empty afterwards.
  [[nodiscard]] std::vector<Match> take();

 private:
  const Query& query_;
  geo::LocalFrame frame_;
  std::vector<Match> heap_;  // the worst on top
};

}  // namespace geomatch::match
