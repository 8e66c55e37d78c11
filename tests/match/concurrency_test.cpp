// Guarantee 4 with many threads: an entity that stands still is found once and never missed; one that moves
// is found at most once, at a place where it was.
#include <atomic>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include <geomatch/match/grid.hpp>

#include "fixes.hpp"

namespace geomatch::match {
namespace {

constexpr int standing = 50;
constexpr int moving = 20;
constexpr int rounds = 2'000;

geo::Position place_of(int entity, int round) {
  return geo::Position::from_degrees(31.23 + 0.0001 * entity, round % 2 == 0 ? 121.47 : 121.485);
}

TEST(Concurrency, StandingAlwaysMovingAtMostOnce) {
  Grid grid{1000};
  for (int i = 0; i < standing; ++i)
    grid.upsert(fix_of("s" + std::to_string(i), 31.23 + 0.0001 * i, 121.475));
  std::atomic<bool> done{false};
  std::thread mover{[&] {
    for (int round = 0; round < rounds; ++round) {
      for (int i = 0; i < moving; ++i) {
        auto fix = fix_of("m" + std::to_string(i), 0, 0, start + milliseconds{round});
        fix.position = place_of(i, round);
        grid.upsert(fix);
      }
      grid.expire(start);
    }
    done = true;
  }};
  std::thread comer_and_goer{[&] {
    while (!done) {
      const auto room = grid.reserve("g");
      grid.upsert(fix_of("g", 31.23, 121.47));
      grid.erase("g");
    }
  }};
  std::size_t queries = 0;
  do {
    ++queries;
    std::set<std::string> ids;
    int still = 0;
    for (const Match& match : nearest(grid, {.center = geo::Position::from_degrees(31.2325, 121.4775),
                                            .radius_m = 5000,
                                            .limit = 100,
                                            .now = start})) {
      ASSERT_TRUE(ids.insert(match.fix.id).second) << "twice: " << match.fix.id;
      if (match.fix.id[0] == 's') ++still;
      if (match.fix.id[0] != 'm') continue;
      const int entity = std::stoi(match.fix.id.substr(1));
      ASSERT_TRUE(match.fix.position == place_of(entity, 0) || match.fix.position == place_of(entity, 1));
    }
    ASSERT_EQ(still, standing);
  } while (!done);
  mover.join();
  comer_and_goer.join();
  EXPECT_GT(queries, 10U);
}

}  // namespace
}  // namespace geomatch::match
