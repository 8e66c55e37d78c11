// Guarantee 4 with many threads: an entity that stands still is found once and never missed; one that moves
// is found at most once, at a place where it was, and all that is said of it is of that moment.
#include <array>
#include <atomic>
#include <latch>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include <geomatch/match/grid.hpp>

#include "fixes.hpp"
#include "support/scale.hpp"

namespace geomatch::match {
namespace {

// All within a few cells, which the crowd that comes and goes cuts and joins. It stays farther out than
// everyone else, so that it never takes one of the hundred places.
constexpr double middle_lat = 31.23;
constexpr double middle_lon = 121.47;
constexpr double metre = 0.000009;
constexpr int standing = 50;
constexpr int moving = 20;
constexpr int crowd = 300;

const std::size_t moves = test::scaled(3'000'000);
const std::size_t rounds_of_the_crowd = test::scaled(4'000);

// What the `round`-th post of a moving phone says: each part of it tells the round.
model::Fix moving_fix(int phone, std::size_t round) {
  model::Fix fix = fix_of("m" + std::to_string(phone), middle_lat + metre * 6 * phone,
                          middle_lon + metre * static_cast<double>(round % 7), start + milliseconds{round});
  fix.role = round / 2 % 2 == 0 ? "walker" : "runner";
  fix.attributes = {{"round", static_cast<double>(round)}, {"text", std::to_string(round)}};
  return fix;
}

bool shows(const Match& match, const model::Fix& fix) {
  return match.id == fix.id && match.position == fix.position && match.timestamp == fix.timestamp &&
         match.role == fix.role && match.attributes == fix.attributes;
}

class Watcher {
 public:
  explicit Watcher(const Grid& grid) : grid_(grid) {}

  void look(std::string_view role) {
    grid_.nearest({.center = geo::Position::from_degrees(middle_lat, middle_lon),
                   .radius_m = 5000,
                   .limit = 100,
                   .role = role,
                   .now = start},
                  found_);
    ids_.clear();
    int still = 0;
    for (const Match& match : found_) {
      ASSERT_TRUE(ids_.insert(match.id).second) << "twice: " << match.id;
      if (match.id[0] == 's') ++still;
      if (match.id[0] != 'm') continue;
      const auto round = static_cast<std::size_t>(std::get<double>(match.attributes.at(0).value));
      const int phone = std::stoi(match.id.substr(1));
      ASSERT_TRUE(shows(match, moving_fix(phone, round))) << "parts of two moments";
    }
    ASSERT_EQ(still, standing) << "one that stands still was missed";
  }

 private:
  const Grid& grid_;
  Matches found_;
  std::set<std::string> ids_;
};

// Crowds of this role share a tree with those that stand still; the others have their own.
void come_and_go(Grid& grid, std::string_view role, const std::atomic<bool>& stop) {
  for (std::size_t round = 1; round <= rounds_of_the_crowd && !stop; ++round) {
    for (int i = 0; i < crowd; ++i) {
      model::Fix fix = fix_of("c" + std::to_string(i), middle_lat + metre * (120 + i % 17),
                              middle_lon + metre * (i % 23), start + milliseconds{round});
      fix.role = role;
      ASSERT_EQ(grid.upsert(fix), UpsertResult::accepted);
    }
    for (int i = 0; i < crowd; ++i) {
      if (i % 3 == 0) {
        const auto room = grid.reserve("c" + std::to_string(i));
        ASSERT_TRUE(room);
        grid.erase("c" + std::to_string(i), start);
      } else {
        grid.erase("c" + std::to_string(i), start);
      }
    }
    grid.expire(start);
  }
}

TEST(Concurrency, StandingOnceMovingAtMostOnceAndEachOfOneMoment) {
  Grid grid{10'000, milliseconds{0}};  // so that those who are taken off the map go at the next expiry
  for (int i = 0; i < standing; ++i) {
    model::Fix fix = fix_of("s" + std::to_string(i), middle_lat + metre * i, middle_lon + metre * (i % 10));
    fix.role = "walker";
    grid.upsert(fix);
  }
  std::atomic<bool> stop{false};
  std::atomic<int> movers{2};
  std::vector<std::thread> threads;
  for (std::size_t mine = 0; mine < 2; ++mine) {  // both move the same phones
    threads.emplace_back([&, mine] {
      for (std::size_t round = mine; round < moves / moving && !stop; round += 1 + round % 2) {
        for (int phone = 0; phone < moving; ++phone) grid.upsert(moving_fix(phone, round));
      }
      --movers;
    });
  }
  threads.emplace_back([&] { come_and_go(grid, "walker", stop); });
  for (const std::string_view role : {"", "walker"}) {
    threads.emplace_back([&, role] {
      Watcher watcher{grid};
      std::size_t looks = 0;
      while (movers != 0 && !stop) {
        watcher.look(role);
        ++looks;
        if (testing::Test::HasFatalFailure()) stop = true;
      }
      EXPECT_GT(looks, 100U);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(grid.size(), static_cast<std::size_t>(standing + moving));
}

TEST(Concurrency, OfManyUpsertsAtOnceTheNewestWins) {
  Grid grid{100};
  constexpr std::size_t threads_count = 4;
  for (std::size_t round = 0; round < test::scaled(4'000); ++round) {
    std::latch ready{threads_count};
    std::vector<std::thread> threads;
    for (std::size_t mine = 0; mine < threads_count; ++mine) {
      threads.emplace_back([&, mine] {
        ready.arrive_and_wait();
        for (std::size_t i = 0; i < 8; ++i) grid.upsert(moving_fix(0, round * 100 + (i * 5 + mine * 3) % 32));
      });
    }
    for (std::thread& thread : threads) thread.join();
    ASSERT_EQ(grid.find("m0", start), moving_fix(0, round * 100 + 31));
  }
}

// One thread deletes, others bring what was measured before that and after it, expiry turns what they brought
// into marks and back: once a delete is done, nothing from before it is ever seen or accepted.
TEST(Concurrency, WhatWasMeasuredBeforeADeleteNeverComesBack) {
  Grid grid{100};
  constexpr int phones = 4;
  const auto rounds = static_cast<int>(test::scaled(40'000));
  std::array<std::atomic<int>, phones> deleted_until{};
  std::atomic<bool> done{false};
  const auto id = [](int phone) { return "p" + std::to_string(phone); };
  const auto measured = [&](int phone, int at) {
    model::Fix fix = fix_of(id(phone), middle_lat, middle_lon, start + milliseconds{at});
    fix.received_at = start + milliseconds{rounds};
    fix.ttl = milliseconds{3 * rounds};
    return fix;
  };
  std::vector<std::thread> threads;
  threads.emplace_back([&] {
    for (int round = 1; round <= rounds; ++round) {
      const int phone = round % phones;
      EXPECT_TRUE(grid.erase(id(phone), start + milliseconds{round}));
      deleted_until[static_cast<std::size_t>(phone)] = round;
    }
    done = true;
  });
  for (int mine = 0; mine < 2; ++mine) {
    threads.emplace_back([&, mine] {
      for (int round = mine; !done; ++round) {
        const int phone = round % phones;
        const int until = deleted_until[static_cast<std::size_t>(phone)];
        if (until == 0) continue;
        ASSERT_EQ(grid.upsert(measured(phone, until - 1)), UpsertResult::stale);
        grid.upsert(measured(phone, until));
        const auto shown = grid.find(id(phone), start);
        ASSERT_TRUE(!shown || shown->timestamp >= start + milliseconds{until});
      }
    });
  }
  threads.emplace_back([&] {
    // At a time when all fixes have expired and the marks haven't.
    while (!done) grid.expire(start + milliseconds{4 * rounds});
  });
  for (std::thread& thread : threads) thread.join();
  for (int phone = 0; phone < phones; ++phone) grid.erase(id(phone), start);
  EXPECT_EQ(grid.size(), static_cast<std::size_t>(phones));
  EXPECT_EQ(grid.deletion_marks(), static_cast<std::size_t>(phones));
  grid.expire(start + 2 * Matcher::default_delete_memory);
  EXPECT_EQ(grid.size(), 0U);
  EXPECT_EQ(grid.deletion_marks(), 0U);
}

// Four threads want the last places of a full map: as many get one as there are, and who leaves makes room.
TEST(Concurrency, NoMoreThanTheMostAndNoFewer) {
  constexpr std::size_t most = 50;
  Grid grid{most};
  for (std::size_t round = 0; round < test::scaled(400); ++round) {
    std::atomic<std::size_t> accepted{0};
    std::vector<std::thread> threads;
    for (int mine = 0; mine < 4; ++mine) {
      threads.emplace_back([&, mine] {
        for (int i = 0; i < 40; ++i) {
          const auto result =
              grid.upsert(fix_of(std::to_string(mine) + "-" + std::to_string(i), middle_lat, middle_lon));
          if (result == UpsertResult::accepted) ++accepted;
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    ASSERT_EQ(accepted, most);
    ASSERT_EQ(grid.size(), most);
    grid.expire(start + model::Fix::default_ttl);
    ASSERT_EQ(grid.size(), 0U);
  }
}

}  // namespace
}  // namespace geomatch::match
