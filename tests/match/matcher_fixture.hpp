#pragma once

#include <string>

#include <gtest/gtest.h>

#include <geomatch/match/brute_force.hpp>
#include <geomatch/match/grid.hpp>

#include "fixes.hpp"

namespace geomatch::match {

using Matchers = testing::Types<Grid, BruteForce>;

/// A matcher of 100 entities.
template <typename M>
class MatcherFixture : public testing::Test {
 protected:
  void put(const model::Fix& fix, UpsertResult expected = UpsertResult::accepted) {
    EXPECT_EQ(matcher_.upsert(fix), expected);
  }

  std::string found(Query query) {
    if (query.limit == 0) query.limit = 10;
    if (query.radius_m == 0) query.radius_m = 1000;
    if (query.now == model::TimePoint{}) query.now = start;
    std::string ids;
    for (const Match& match : nearest(matcher_, query)) ids += (ids.empty() ? "" : " ") + match.id;
    return ids;
  }

  static constexpr geo::Position here{312'300'000, 1'214'700'000};
  M matcher_{100};
};

}  // namespace geomatch::match
