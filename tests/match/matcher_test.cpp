#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>

#include "matcher_fixture.hpp"

namespace geomatch::match {
namespace {

// What every matcher does: the oracle is held to it as well.
template <typename M>
class MatcherTest : public MatcherFixture<M> {};

TYPED_TEST_SUITE(MatcherTest, Matchers);

TYPED_TEST(MatcherTest, FindsTheNearestFirst) {
  this->put(fix_of("far", 31.235, 121.47));
  this->put(fix_of("near", 31.231, 121.47));
  this->put(fix_of("beyond", 31.245, 121.47));
  EXPECT_EQ(this->found({.center = this->here}), "near far");
  EXPECT_EQ(this->found({.center = this->here, .limit = 1}), "near");
}

TYPED_TEST(MatcherTest, TiesGoById) {
  for (const char* id : {"c", "a", "d", "b"}) this->put(fix_of(id, 31.231, 121.47));
  EXPECT_EQ(this->found({.center = this->here}), "a b c d");
  EXPECT_EQ(this->found({.center = this->here, .limit = 2}), "a b");
}

TYPED_TEST(MatcherTest, TheRadiusIsInclusive) {
  this->put(fix_of("edge", 31.235, 121.47));
  const double distance_m =
      nearest(this->matcher_, {.center = this->here, .radius_m = 50'000, .limit = 1, .now = start})[0]
          .distance_m;
  EXPECT_EQ(this->found({.center = this->here, .radius_m = distance_m}), "edge");
  EXPECT_EQ(this->found({.center = this->here, .radius_m = std::nextafter(distance_m, 0)}), "");
}

TYPED_TEST(MatcherTest, NeverTheOneThatAsks) {
  this->put(fix_of("me", 31.23, 121.47));
  this->put(fix_of("you", 31.23, 121.47));
  EXPECT_EQ(this->found({.center = this->here, .except_id = "me"}), "you");
}

TYPED_TEST(MatcherTest, FiltersApplyBeforeTheLimit) {
  for (int i = 0; i < 20; ++i) this->put(fix_of("rider-" + std::to_string(i), 31.23, 121.47));
  auto driver = fix_of("driver", 31.235, 121.47);
  driver.role = "driver";
  driver.attributes = {{"seats", 4.0}};
  this->put(driver);
  const model::Where four_seats{{"seats", model::Interval{4, 4}}};
  EXPECT_EQ(this->found({.center = this->here, .limit = 1, .role = "driver"}), "driver");
  EXPECT_EQ(this->found({.center = this->here, .limit = 1, .where = &four_seats}), "driver");
}

TYPED_TEST(MatcherTest, MaxAgeLooksAtTheFix) {
  this->put(fix_of("old", 31.23, 121.47, start - seconds{10}));
  EXPECT_EQ(this->found({.center = this->here, .max_age = milliseconds{10'000}}), "old");
  EXPECT_EQ(this->found({.center = this->here, .max_age = milliseconds{9'999}}), "");
}

TYPED_TEST(MatcherTest, AnExpiredFixIsNeverFound) {
  auto fix = fix_of("a", 31.23, 121.47);
  fix.ttl = seconds{5};
  this->put(fix);
  EXPECT_EQ(this->found({.center = this->here, .now = start + milliseconds{4'999}}), "a");
  EXPECT_TRUE(this->matcher_.find("a", start + milliseconds{4'999}));
  EXPECT_EQ(this->found({.center = this->here, .now = start + seconds{5}}), "");
  EXPECT_FALSE(this->matcher_.find("a", start + seconds{5}));
}

TYPED_TEST(MatcherTest, ExpireGivesRoomBack) {
  for (int i = 0; i < 100; ++i) {
    auto fix = fix_of("old-" + std::to_string(i), 31.23, 121.47);
    fix.ttl = seconds{1};
    this->put(fix);
  }
  this->put(fix_of("new", 31.23, 121.47), UpsertResult::full);
  this->matcher_.expire(start + seconds{1});
  EXPECT_EQ(this->matcher_.size(), 0U);
  this->put(fix_of("new", 31.23, 121.47));
}

TYPED_TEST(MatcherTest, MovesAreSeenAtOncePlaceOnly) {
  this->put(fix_of("a", 31.23, 121.47));
  this->put(fix_of("a", 10, 20, start + seconds{1}));
  EXPECT_EQ(this->found({.center = this->here}), "");
  EXPECT_EQ(this->found({.center = geo::Position::from_degrees(10, 20)}), "a");
  EXPECT_EQ(this->matcher_.size(), 1U);
}

TYPED_TEST(MatcherTest, TheNewestTimestampWinsWhateverTheOrder) {
  this->put(fix_of("a", 1, 1, start));
  auto late = fix_of("a", 2, 2, start - seconds{1});
  late.received_at = start + seconds{1};
  this->put(late, UpsertResult::stale);
  EXPECT_EQ(this->matcher_.find("a", start)->position, geo::Position::from_degrees(1, 1));
  this->put(fix_of("a", 3, 3, start));  // of equal ones, the last
  EXPECT_EQ(this->matcher_.find("a", start)->position, geo::Position::from_degrees(3, 3));
}

TYPED_TEST(MatcherTest, AFixOlderThanItsOwnTimeToLiveIsStale) {
  auto fix = fix_of("a", 1, 1, start - seconds{300});
  fix.received_at = start;
  this->put(fix, UpsertResult::stale);
  EXPECT_EQ(this->matcher_.size(), 0U);
}

TYPED_TEST(MatcherTest, AnExpiredFixMakesNothingStale) {
  auto first = fix_of("a", 1, 1, start);
  first.ttl = seconds{1};
  this->put(first);
  auto second = fix_of("a", 2, 2, start - seconds{10});
  second.received_at = start + seconds{2};
  this->put(second);
}

TYPED_TEST(MatcherTest, AFullMapRefusesNewOnesAndMovesTheKnown) {
  for (int i = 0; i < 100; ++i) this->put(fix_of(std::to_string(i), 0, 0));
  this->put(fix_of("new", 0, 0), UpsertResult::full);
  EXPECT_FALSE(this->matcher_.reserve("new"));
  EXPECT_TRUE(this->matcher_.reserve("7"));
  this->put(fix_of("7", 1, 1, start + seconds{1}));
}

TYPED_TEST(MatcherTest, AReservationKeepsRoomUntilItIsGone) {
  for (int i = 0; i < 99; ++i) this->put(fix_of(std::to_string(i), 0, 0));
  {
    const auto room = this->matcher_.reserve("mine");
    ASSERT_TRUE(room);
    EXPECT_FALSE(this->matcher_.find("mine", start));
    this->put(fix_of("other", 0, 0), UpsertResult::full);
    this->matcher_.erase("mine", start);
    this->matcher_.expire(start + seconds{1000});  // all the others go
    EXPECT_EQ(this->matcher_.size(), 1U);
    this->put(fix_of("mine", 0, 0));
  }
  EXPECT_EQ(this->matcher_.size(), 1U);
  EXPECT_TRUE(this->matcher_.find("mine", start));
}

TYPED_TEST(MatcherTest, AnUnusedReservationLeavesNothing) {
  { const auto room = this->matcher_.reserve("a"); }
  EXPECT_EQ(this->matcher_.size(), 0U);
}

TYPED_TEST(MatcherTest, WithAPostInFlightNothingExpires) {
  auto fix = fix_of("a", 0, 0);
  fix.ttl = seconds{1};
  this->put(fix);
  {
    const auto room = this->matcher_.reserve("a");
    this->matcher_.expire(start + seconds{10});
    EXPECT_EQ(this->matcher_.size(), 1U);
    // Received before the expiry, in the log after it: judged as of its receipt.
    auto late = fix_of("a", 1, 1, start - seconds{1});
    late.received_at = start + milliseconds{500};
    this->put(late, UpsertResult::stale);
  }
  this->matcher_.expire(start + seconds{10});
  EXPECT_EQ(this->matcher_.size(), 0U);
}

TYPED_TEST(MatcherTest, TheWholeGlobe) {
  this->put(fix_of("east", 0, 179.999));
  this->put(fix_of("west", 0, -179.999));
  this->put(fix_of("pole", 90, 12));
  this->put(fix_of("beside", 89.99, -100));
  EXPECT_EQ(this->found({.center = geo::Position::from_degrees(0, 180)}), "east west");
  EXPECT_EQ(this->found({.center = geo::Position::from_degrees(89.99, 80), .radius_m = 50'000}),
            "pole beside");
}

TYPED_TEST(MatcherTest, GivesDistanceAndBearing) {
  this->put(fix_of("north", 31.231, 121.47));
  const auto matches =
      nearest(this->matcher_, {.center = this->here, .radius_m = 1000, .limit = 1, .now = start});
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_NEAR(matches[0].distance_m, 110.87, 0.05);
  EXPECT_NEAR(std::remainder(matches[0].bearing_deg, 360), 0, 1e-6);
}

TYPED_TEST(MatcherTest, ShowsWhatIsKnownOfAMatch) {
  model::Fix fix = fix_of("quo\"te", 31.231, 121.47, start - seconds{3});
  fix.role = "driver";
  fix.accuracy_m = 4.5;  // lies between the role and the attributes
  fix.attributes = {{"seats", 4.0}, {"color", "red"}, {"pets", true}};
  this->put(fix);
  const auto matches =
      nearest(this->matcher_, {.center = this->here, .radius_m = 1000, .limit = 1, .now = start});
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(matches[0].id, fix.id);
  EXPECT_EQ(matches[0].position, fix.position);
  EXPECT_EQ(matches[0].timestamp, fix.timestamp);
  EXPECT_EQ(matches[0].role, fix.role);
  EXPECT_EQ(matches[0].attributes, fix.attributes);
}

TYPED_TEST(MatcherTest, WhatAVisitorThrowsEndsTheQueryAndNothingElse) {
  for (const char* id : {"a", "b"}) this->put(fix_of(id, 31.23, 121.47));
  const Query query{.center = this->here, .radius_m = 1000, .limit = 10, .now = start};
  int shown = 0;
  const auto refuse = [&](const model::MatchView& /*match*/) {
    ++shown;
    throw std::runtime_error{"enough"};
  };
  EXPECT_THROW(this->matcher_.visit_nearest(query, refuse), std::runtime_error);
  EXPECT_EQ(shown, 1);
  EXPECT_EQ(nearest(this->matcher_, query).size(), 2U);
}

}  // namespace
}  // namespace geomatch::match
