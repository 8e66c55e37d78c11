#include "grid/nominees.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "support/seed.hpp"

namespace geomatch::match {
namespace {

TEST(Nominees, AreTheNearestOfAllThatWereOffered) {
  std::mt19937_64 random{test::seed()};
  Reclamation reclamation;
  const Pool entities{reclamation, 32, 1, 100'000};
  for (int round = 0; round < 2'000; ++round) {
    const std::size_t limit = 1 + random() % Query::max_limit;
    const float radius_sq = 1e6F;
    Nominees nominees{entities, limit, radius_sq};
    std::vector<std::int64_t> all;
    for (std::size_t batches = random() % 12; batches != 0; --batches) {
      std::vector<Nominee> batch;
      for (std::size_t n = random() % 40; n != 0; --n) {
        batch.push_back(
            Nominee{static_cast<float>(random() % 1000), static_cast<std::uint32_t>(random() % 100'000)});
        all.push_back(batch.back().key());
      }
      nominees.offer(batch);
    }
    std::ranges::sort(all);
    std::array<Nominee, Nominees::most> got;
    const std::size_t count = nominees.copy_to(got);
    ASSERT_TRUE(nominees.is_full() || count == all.size()) << "left out, and doesn't say so";
    ASSERT_LE(count, all.size());
    for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(got[i].key(), all[i]);
    if (nominees.is_full()) {
      ASSERT_GT(count, limit);
      ASSERT_EQ(nominees.reach_sq(), got[count - 1].nearness_sq());
    } else {
      ASSERT_EQ(nominees.reach_sq(), radius_sq);
    }
  }
}

}  // namespace
}  // namespace geomatch::match
