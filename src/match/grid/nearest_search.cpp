#include "nearest_search.hpp"

#include <array>
#include <span>

#include "cell_class.hpp"
#include "cell_walk.hpp"
#include "nominees.hpp"

namespace geomatch::match {

NearestSearch::NearestSearch(Reclamation::Guard& guard, const Population& population, CellTree& tree,
                             const Query& query) noexcept
    : guard_(guard),
      population_(population),
      tree_(tree),
      query_(query),
      vicinity_{query.center, query.radius_m},
      selection_{guard, population.entities(), population.records(), query} {}

void NearestSearch::run(model::MatchVisitor visit) {
  while (!select() || selection_.has_an_id_twice()) {
    selection_.clear();
    guard_.renew();
  }
  selection_.show(visit);
}

// First the nearest are chosen by their hints alone, which takes no look at the entities passed over. If some
// of those don't qualify, and others might that were passed over, each one met is looked at. False: as
// CellWalk::walk.
bool NearestSearch::select() {
  if (!query_.has_conditions() && !query_.max_age) {
    Nominees nominees{population_.entities(), selection_.limit(), selection_.reach_sq()};
    if (!walk(nominees)) return false;
    std::array<Nominee, Nominees::most> nearest;
    selection_.offer(std::span{nearest}.first(nominees.copy_to(nearest)));
    if (!nominees.is_full() || (selection_.is_full() && selection_.reach_sq() < nominees.reach_sq()))
      return true;
    selection_.clear();
  }
  return walk(selection_);
}

template <typename Collector>
bool NearestSearch::walk(Collector& collector) {
  CellWalk<Collector> walk{guard_, tree_, query_.center, vicinity_, collector};
  if (!query_.role.empty()) return walk.walk(cell_class_of(query_.role));
  for (unsigned cell_class = 0; cell_class < CellTree::classes; ++cell_class) {
    if (!CellRef{tree_.root(cell_class).load()}.is_empty() && !walk.walk(cell_class)) return false;
  }
  return true;
}

}  // namespace geomatch::match
