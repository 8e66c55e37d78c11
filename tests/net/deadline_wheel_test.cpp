#include "../../src/net/deadline_wheel.hpp"

#include <memory>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "support/seed.hpp"

namespace geomatch::net {
namespace {

using std::chrono::milliseconds;
using TimePoint = DeadlineWheel::Clock::time_point;

struct Item : DeadlineWheel::Entry {
  TimePoint due;
  int looked_at = 0;
};

// Due ones, as the wheel gives them.
int turn(DeadlineWheel& wheel, TimePoint now) {
  int count = 0;
  wheel.turn(now, [&](DeadlineWheel::Entry& entry) {
    ++static_cast<Item&>(entry).looked_at;
    ++count;
  });
  return count;
}

const TimePoint began{milliseconds{123'456}};

TEST(DeadlineWheel, LooksNotBeforeItIsDueAndATickAfterItAtTheLatest) {
  DeadlineWheel wheel{milliseconds{10}, milliseconds{100}, began};
  Item item;
  wheel.place(item, began + milliseconds{25});
  EXPECT_EQ(turn(wheel, began + milliseconds{24}), 0);
  EXPECT_EQ(turn(wheel, began + milliseconds{35}), 1);
  EXPECT_EQ(turn(wheel, began + milliseconds{1000}), 0) << "it wasn't placed again";
}

TEST(DeadlineWheel, WhatIsDestroyedIsNotLookedAt) {
  DeadlineWheel wheel{milliseconds{10}, milliseconds{100}, began};
  {
    Item item;
    wheel.place(item, began + milliseconds{25});
  }
  EXPECT_EQ(turn(wheel, began + milliseconds{100}), 0);
}

TEST(DeadlineWheel, CanBePlacedAnewFromWithinALook) {
  DeadlineWheel wheel{milliseconds{10}, milliseconds{100}, began};
  Item item;
  wheel.place(item, began);
  int looks = 0;
  const auto look = [&](DeadlineWheel::Entry& entry) {
    ++looks;
    wheel.place(entry, began);  // overdue: at the next tick
  };
  for (int i = 1; i <= 5; ++i) wheel.turn(began + milliseconds{10} * i, look);
  EXPECT_EQ(looks, 5);
}

TEST(DeadlineWheel, KeepsItsTimesWhenItIsTurnedIrregularly) {
  std::mt19937_64 random{test::seed()};
  const milliseconds tick{10};
  DeadlineWheel wheel{tick, milliseconds{300}, began};
  std::vector<std::unique_ptr<Item>> items;
  TimePoint now = began;
  for (int step = 0; step < 5'000; ++step) {
    now += milliseconds{random() % 40};
    wheel.turn(now, [&](DeadlineWheel::Entry& entry) {
      auto& item = static_cast<Item&>(entry);
      EXPECT_LE(item.due, now);
      ++item.looked_at;
    });
    for (const auto& item : items) {
      if (item->due + tick <= now) {
        ASSERT_EQ(item->looked_at, 1) << "step " << step;
      }
    }
    std::erase_if(items, [](const auto& item) { return item->looked_at != 0; });
    items.push_back(std::make_unique<Item>());
    items.back()->due = now + milliseconds{random() % 300};
    wheel.place(*items.back(), items.back()->due);
    if (random() % 4 == 0) {
      Item& moved = *items[random() % items.size()];
      moved.due = now + milliseconds{random() % 300};
      wheel.place(moved, moved.due);
    }
    if (random() % 8 == 0) items.erase(items.begin() + static_cast<std::ptrdiff_t>(random() % items.size()));
  }
}

}  // namespace
}  // namespace geomatch::net
