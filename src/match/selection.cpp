#include "selection.hpp"

#include <algorithm>

#include <geomatch/geo/distance.hpp>

namespace geomatch::match {

bool qualifies(const model::Fix& fix, const Query& query) noexcept {
  return fix.alive_at(query.now) && fix.id != query.except_id &&
         (query.role.empty() || fix.role == query.role) &&
         (!query.max_age || query.now - fix.timestamp <= *query.max_age) &&
         (query.where == nullptr || satisfies(fix.attributes, *query.where));
}

Selection::Selection(const Query& query) : query_(query), frame_(query.center) {
  heap_.reserve(static_cast<std::size_t>(query.limit) + 1);
}

void Selection::offer(const std::shared_ptr<const model::Fix>& fix, const geo::EarthPoint& at) {
  const double distance_m = geo::distance_m(frame_.origin(), at);
  const auto limit = static_cast<std::size_t>(query_.limit);
  if (distance_m > query_.radius_m || limit == 0) return;
  if (heap_.size() == limit && distance_m > heap_.front().distance_m) return;
  if (!qualifies(*fix, query_)) return;
  heap_.push_back({.fix = fix, .distance_m = distance_m, .bearing_deg = frame_.bearing_deg(at)});
  std::ranges::push_heap(heap_, std::less<>{});
  if (heap_.size() > limit) {
    std::ranges::pop_heap(heap_, std::less<>{});
    heap_.pop_back();
  }
}

std::vector<Match> Selection::take() {
  std::ranges::sort_heap(heap_, std::less<>{});
  return std::move(heap_);
}

}  // namespace geomatch::match
