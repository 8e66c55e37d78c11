// What a delete means to every matcher, for as long as it is remembered.
#include <gtest/gtest.h>

#include "matcher_fixture.hpp"

namespace geomatch::match {
namespace {

template <typename M>
class DeletionTest : public MatcherFixture<M> {};

TYPED_TEST_SUITE(DeletionTest, Matchers);

TYPED_TEST(DeletionTest, EraseTakesOffTheMapAndLeavesAMark) {
  this->put(fix_of("a", 31.23, 121.47));
  EXPECT_TRUE(this->matcher_.erase("a", start + seconds{1}));
  EXPECT_TRUE(this->matcher_.erase("unknown", start + seconds{1}));
  EXPECT_EQ(this->found({.center = this->here}), "");
  EXPECT_FALSE(this->matcher_.find("a", start));
  EXPECT_EQ(this->matcher_.size(), 2U);
  EXPECT_EQ(this->matcher_.deletion_marks(), 2U);
}

// What was measured, and received, so long after `start`.
model::Fix measured(milliseconds at, milliseconds received) {
  model::Fix fix = fix_of("a", 31.23, 121.47, start + at);
  fix.received_at = start + received;
  fix.ttl = std::chrono::hours{20};
  return fix;
}

TYPED_TEST(DeletionTest, WhatWasMeasuredBeforeADeleteIsStaleForItsMemory) {
  constexpr milliseconds memory = Matcher::default_delete_memory;
  for (const bool known : {false, true}) {
    TypeParam map{100};
    if (known) map.upsert(measured(milliseconds{0}, milliseconds{0}));
    map.erase("a", start + seconds{1});
    const auto in_time = measured(milliseconds{999}, seconds{1} + memory - milliseconds{1});
    EXPECT_TRUE(map.is_stale(in_time));
    EXPECT_EQ(map.upsert(in_time), UpsertResult::stale);
    EXPECT_FALSE(map.find("a", start));
    const auto after_it = measured(milliseconds{999}, seconds{1} + memory);
    EXPECT_FALSE(map.is_stale(after_it));
    EXPECT_EQ(map.upsert(after_it), UpsertResult::accepted);
    EXPECT_EQ(map.deletion_marks(), 0U);
  }
}

TYPED_TEST(DeletionTest, WhatWasMeasuredAtADeleteOrAfterItBringsTheEntityBack) {
  this->put(fix_of("a", 31.23, 121.47));
  this->matcher_.erase("a", start + seconds{1});
  EXPECT_FALSE(this->matcher_.is_stale(measured(seconds{1}, seconds{1})));
  this->put(measured(seconds{1}, seconds{1}));
  EXPECT_EQ(this->found({.center = this->here}), "a");
  EXPECT_EQ(this->matcher_.size(), 1U);
  EXPECT_EQ(this->matcher_.deletion_marks(), 0U);
}

TYPED_TEST(DeletionTest, TheLaterOfTwoDeletesCounts) {
  for (const bool back_between : {false, true}) {
    TypeParam map{100};
    map.erase("a", start + seconds{5});
    if (back_between) map.upsert(measured(seconds{6}, seconds{6}));
    map.erase("a", start + seconds{3});
    EXPECT_EQ(map.upsert(measured(seconds{4}, seconds{7})), UpsertResult::stale);
    map.erase("a", start + seconds{8});
    EXPECT_EQ(map.upsert(measured(seconds{7}, seconds{9})), UpsertResult::stale);
    EXPECT_EQ(map.upsert(measured(seconds{8}, seconds{9})), UpsertResult::accepted);
    EXPECT_EQ(map.size(), 1U);
  }
}

TYPED_TEST(DeletionTest, ADeleteTakesAwayWhatWasMeasuredAfterItByAClockThatIsAhead) {
  this->put(measured(seconds{20}, seconds{0}));
  this->matcher_.erase("a", start + seconds{1});
  EXPECT_FALSE(this->matcher_.find("a", start + seconds{1}));
}

TYPED_TEST(DeletionTest, AMarkOutlivesTheFixThatCameBack) {
  this->matcher_.erase("a", start);
  auto back = fix_of("a", 31.23, 121.47, start + seconds{1});
  back.ttl = seconds{1};
  this->put(back);
  this->put(measured(-seconds{1}, seconds{3}), UpsertResult::stale);  // though the one on the map has expired
  this->matcher_.expire(start + seconds{3});
  EXPECT_EQ(this->matcher_.deletion_marks(), 1U);
  EXPECT_FALSE(this->matcher_.find("a", start + seconds{1}));
  this->put(measured(-seconds{1}, seconds{3}), UpsertResult::stale);
  back.role = std::string(24, 'r');  // which takes a larger record
  back.attributes = {{"seats", 4.0}};
  this->put(back);
  EXPECT_EQ(this->matcher_.find("a", start + seconds{1}), back);
  this->matcher_.erase("a", start - seconds{10});
  this->put(measured(-seconds{1}, seconds{3}), UpsertResult::stale);
}

TYPED_TEST(DeletionTest, MarksExpire) {
  constexpr milliseconds memory = Matcher::default_delete_memory;
  for (const char* id : {"a", "b"}) this->matcher_.erase(id, start);
  this->put(fix_of("b", 31.23, 121.47, start + seconds{1}));  // goes before its mark
  this->matcher_.expire(start + memory - milliseconds{1});
  EXPECT_EQ(this->matcher_.size(), 2U);
  EXPECT_EQ(this->matcher_.deletion_marks(), 2U);
  this->matcher_.expire(start + memory);
  EXPECT_EQ(this->matcher_.size(), 0U);
  EXPECT_EQ(this->matcher_.deletion_marks(), 0U);
  this->put(fix_of("a", 31.23, 121.47, start - seconds{1}));  // nothing is known any more
}

TYPED_TEST(DeletionTest, WithAPostInFlightNoMarkExpires) {
  constexpr milliseconds memory = Matcher::default_delete_memory;
  this->matcher_.erase("a", start);
  {
    const auto room = this->matcher_.reserve("a");
    this->matcher_.expire(start + memory);
    this->put(measured(-seconds{1}, memory - milliseconds{1}), UpsertResult::stale);
  }
  EXPECT_EQ(this->matcher_.deletion_marks(), 1U);
  this->matcher_.expire(start + memory);
  EXPECT_EQ(this->matcher_.size(), 0U);
}

TYPED_TEST(DeletionTest, MarksTakeRoom) {
  for (int i = 0; i < 99; ++i) this->put(fix_of(std::to_string(i), 0, 0));
  EXPECT_TRUE(this->matcher_.erase("unknown", start));
  EXPECT_FALSE(this->matcher_.erase("another", start));
  EXPECT_FALSE(this->matcher_.reserve("another"));
  this->put(fix_of("new", 0, 0), UpsertResult::full);
  EXPECT_TRUE(this->matcher_.erase("7", start));
  this->put(fix_of("new", 0, 0), UpsertResult::full);
  this->put(fix_of("7", 1, 1));
  EXPECT_EQ(this->matcher_.deletion_marks(), 1U);
}

TYPED_TEST(DeletionTest, AReservationKeepsRoomForAMark) {
  const auto room = this->matcher_.reserve("mine");
  for (int i = 0; i < 99; ++i) this->put(fix_of(std::to_string(i), 0, 0));
  EXPECT_TRUE(this->matcher_.erase("mine", start));
  EXPECT_EQ(this->matcher_.deletion_marks(), 1U);
}

}  // namespace
}  // namespace geomatch::match
