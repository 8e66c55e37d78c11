#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include <geomatch/observe/sharded_counters.hpp>

namespace geomatch::observe {
namespace {

TEST(ShardedCounters, NothingIsLostWhoeverAdds) {
  constexpr int threads = 20;  // more than there are shards
  constexpr int additions = 10'000;
  ShardedCounters<2> counters;
  std::vector<std::thread> adding;
  for (int i = 0; i < threads; ++i) {
    adding.emplace_back([&counters] {
      for (int n = 0; n < additions; ++n) {
        counters.add(0);
        counters.add(1, 3);
      }
    });
  }
  for (std::thread& thread : adding) thread.join();
  EXPECT_EQ(counters.sum(0), 1U * threads * additions);
  EXPECT_EQ(counters.sum(1), 3U * threads * additions);
}

}  // namespace
}  // namespace geomatch::observe
