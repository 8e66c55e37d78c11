#include "nominees.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <geomatch/geo/wide.hpp>

#include "entity.hpp"

namespace geomatch::match {
namespace {

// Inserts each of `batch` that comes before number `wanted` into the ascending numbers 1 … `size`, the
// greatest of which falls out; `spare` has the same room, and both the same number 0. Returns which of the
// two has the result.
//
// The entities are on their way into the cache while the walk goes on: most of those that come this far early
// are looked up at its end.
//
// Each goes to its place and moves those behind it on by one without a branch: where a nominee belongs is as
// good as random, and every branch guessed wrong would cost more than moving them all.
GEOMATCH_WIDE std::int64_t* insert_all(std::int64_t* ranking, std::int64_t* spare, std::size_t size,
                                       std::size_t wanted, std::span<const Nominee> batch,
                                       const Pool& entities) noexcept {
  for (const Nominee nominee : batch) {
    const std::int64_t key = nominee.key();
    if (key >= ranking[wanted]) continue;
    __builtin_prefetch(&entities.at<Entity>(nominee.entity()));
    const std::int64_t* __restrict from = ranking;
    std::int64_t* __restrict to = spare;
    for (std::size_t i = 1; i <= size; ++i) {
      const std::int64_t not_before = from[i - 1] > key ? from[i - 1] : key;
      to[i] = from[i] < not_before ? from[i] : not_before;
    }
    std::swap(ranking, spare);
  }
  return ranking;
}

}  // namespace

Nominees::Nominees(const Pool& entities, std::size_t limit, float radius_sq) noexcept
    : entities_(entities),
      wanted_(limit + std::max<std::size_t>(2, limit / 8)),
      size_((wanted_ + 7) / 8 * 8),
      reach_sq_(radius_sq) {
  rankings_[0][0] = rankings_[1][0] = -1;
  std::fill_n(rankings_[0].begin() + 1, size_, Nominee::no_key);
}

void Nominees::offer(std::span<const Nominee> batch) noexcept {
  if (batch.empty()) return;
  ranking_ = insert_all(ranking_, ranking_ == rankings_[0].data() ? rankings_[1].data() : rankings_[0].data(),
                        size_, wanted_, batch, entities_);
  count_ = std::min(wanted_, count_ + batch.size());
  if (is_full()) reach_sq_ = Nominee{ranking_[wanted_]}.nearness_sq();
}

std::size_t Nominees::copy_to(std::span<Nominee> nominees) const noexcept {
  for (std::size_t i = 0; i < count_; ++i) nominees[i] = Nominee{ranking_[i + 1]};
  return count_;
}

}  // namespace geomatch::match
