#pragma once

#include <geomatch/geo/vicinity.hpp>
#include <geomatch/match/query.hpp>
#include <geomatch/model/match_visitor.hpp>

#include "cell_tree.hpp"
#include "memory/reclamation.hpp"
#include "population.hpp"
#include "selection.hpp"

namespace geomatch::match {

/// One search for the nearest entities that qualify. It lives as long as its guard at most, and is its
/// thread's own; others may move entities meanwhile.
class NearestSearch {
 public:
  /// `query` has a limit of at least 1, and outlives the search.
  NearestSearch(Reclamation::Guard& guard, const Population& population, CellTree& tree,
                const Query& query) noexcept;

  /// Shows what is found, nearest first. Renews the guard if it has to begin again.
  void run(model::MatchVisitor visit);

 private:
  bool select();
  template <typename Collector>
  bool walk(Collector& collector);

  Reclamation::Guard& guard_;
  const Population& population_;
  CellTree& tree_;
  const Query& query_;
  const geo::Vicinity vicinity_;
  Selection selection_;
};

}  // namespace geomatch::match
