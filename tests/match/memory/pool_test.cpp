#include "memory/pool.hpp"

#include <set>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "memory/thread_slot.hpp"

namespace geomatch::match {
namespace {

constexpr std::size_t one_sleeps = 1;  // slots of threads that these tests play
constexpr std::size_t unit = 64;

TEST(Pool, GivesDistinctBlocksAndNoneTwice) {
  Reclamation reclamation;
  Pool pool{reclamation, unit, 3, 100};
  const std::size_t slot = this_thread_slot();
  std::set<std::uint32_t> units;
  for (unsigned size = 0; size < 3; ++size) {
    for (int i = 0; i < 5; ++i) {
      const std::uint32_t index = pool.allocate(slot, size);
      ASSERT_NE(index, 0U);
      for (std::uint32_t u = 0; u < 1U << size; ++u) EXPECT_TRUE(units.insert(index + u).second);
    }
  }
  EXPECT_EQ(pool.taken(), 35U);
}

TEST(Pool, SaysWhenThereIsNothingLeft) {
  Reclamation reclamation;
  Pool pool{reclamation, unit, 2, 16};
  const std::size_t slot = this_thread_slot();
  std::vector<std::uint32_t> blocks;
  EXPECT_FALSE(pool.is_down_to(8));
  while (const std::uint32_t index = pool.allocate(slot, 1)) blocks.push_back(index);
  EXPECT_EQ(blocks.size(), 8U);
  EXPECT_TRUE(pool.is_down_to(8));
  EXPECT_EQ(pool.allocate(slot, 0), 0U);
  for (const std::uint32_t index : blocks) pool.discard(slot, 1, index);
  EXPECT_FALSE(pool.is_down_to(8));
  EXPECT_NE(pool.allocate(slot, 1), 0U);
}

TEST(Pool, SizesFit) {
  Reclamation reclamation;
  Pool pool{reclamation, unit, 4, 16};
  EXPECT_EQ(pool.size_for(1), 0U);
  EXPECT_EQ(pool.size_for(64), 0U);
  EXPECT_EQ(pool.size_for(65), 1U);
  EXPECT_EQ(pool.size_for(128), 1U);
  EXPECT_EQ(pool.size_for(129), 2U);
  EXPECT_EQ(pool.size_for(512), 3U);
}

TEST(Pool, RetiredBlocksComeBack) {
  Reclamation reclamation;
  Pool pool{reclamation, unit, 1, 100'000};
  for (int i = 0; i < 50'000; ++i) {
    const Reclamation::Guard guard{reclamation};
    const std::uint32_t index = pool.allocate(guard.slot(), 0);
    ASSERT_NE(index, 0U);
    pool.retire(guard.slot(), 0, index);
  }
  EXPECT_LT(pool.used(), 300U);
}

// What a sleeper may hold: what lived when it fell asleep, and nothing that came later.
TEST(Pool, ASleeperKeepsBackOnlyWhatItMayHaveSeen) {
  Reclamation reclamation;
  Pool pool{reclamation, unit, 1, 100'000};
  constexpr std::uint32_t alive = 1000;
  std::vector<std::uint32_t> blocks;
  for (std::uint32_t i = 0; i < alive; ++i) blocks.push_back(pool.allocate(one_sleeps + 1, 0));

  std::atomic<bool> asleep{false};
  std::atomic<bool> wake{false};
  std::thread sleeper{[&] {
    const Reclamation::Guard guard{reclamation};
    asleep = true;
    asleep.notify_one();
    wake.wait(false);
  }};
  asleep.wait(false);
  const std::set<std::uint32_t> seen{blocks.begin(), blocks.end()};
  for (std::uint32_t& index : blocks) {
    const Reclamation::Guard guard{reclamation};
    const std::uint32_t replacement = pool.allocate(guard.slot(), 0);
    EXPECT_FALSE(seen.contains(replacement)) << "used again while the sleeper may look at it";
    pool.retire(guard.slot(), 0, std::exchange(index, replacement));
  }
  for (int round = 0; round < 100; ++round) {
    for (std::uint32_t& index : blocks) {
      const Reclamation::Guard guard{reclamation};
      const std::uint32_t replacement = pool.allocate(guard.slot(), 0);
      ASSERT_NE(replacement, 0U);
      ASSERT_FALSE(seen.contains(replacement)) << "used again while the sleeper may look at it";
      pool.retire(guard.slot(), 0, std::exchange(index, replacement));
    }
  }
  EXPECT_LT(pool.used(), 5 * alive);
  wake = true;
  wake.notify_one();
  sleeper.join();
  for (int i = 0; i < 20'000; ++i) {
    const Reclamation::Guard guard{reclamation};
    pool.retire(guard.slot(), 0, pool.allocate(guard.slot(), 0));
  }
  EXPECT_LT(pool.taken(), alive + 300) << "awake, it holds nothing back";
}

TEST(Pool, WhatOneThreadRetiresAnotherUses) {
  Reclamation reclamation;
  Pool pool{reclamation, unit, 1, 20'000};
  std::vector<std::uint32_t> blocks(10'000);
  for (int round = 0; round < 20; ++round) {
    std::thread{[&] {
      const Reclamation::Guard guard{reclamation};
      for (std::uint32_t& index : blocks) ASSERT_NE(index = pool.allocate(guard.slot(), 0), 0U);
    }}.join();
    for (const std::uint32_t index : blocks) {
      const Reclamation::Guard guard{reclamation};
      pool.retire(guard.slot(), 0, index);
    }
  }
  EXPECT_LT(pool.used(), 12'000U);
}

// Blocks are written by whoever has them: a block that two have at once is seen as a change.
TEST(Pool, ThreadsNeverShareABlock) {
  struct Marked : Block {
    std::uint64_t owner;
  };
  Reclamation reclamation;
  Pool pool{reclamation, unit, 1, 50'000};
  std::vector<std::thread> threads;
  for (std::uint64_t mine = 1; mine <= 4; ++mine) {
    threads.emplace_back([&, mine] {
      std::vector<std::uint32_t> own;
      for (std::uint64_t i = 0; i < 30'000; ++i) {
        const Reclamation::Guard guard{reclamation};
        const std::uint32_t index = pool.allocate(guard.slot(), 0);
        ASSERT_NE(index, 0U);
        pool.at<Marked>(index).owner = mine;
        own.push_back(index);
        if (own.size() < 400) continue;
        for (std::size_t n = 0; n < 300; ++n) {
          ASSERT_EQ(pool.at<Marked>(own.back()).owner, mine);
          pool.retire(guard.slot(), 0, own.back());
          own.pop_back();
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace geomatch::match
