#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include <geomatch/geo/distance.hpp>
#include <geomatch/geo/local_frame.hpp>

#include "support/seed.hpp"

namespace geomatch::geo {
namespace {

class LocalFrameTest : public testing::Test {
 protected:
  Position anywhere() {
    return {.lat_e7 = std::uniform_int_distribution{-900'000'000, 900'000'000}(random_),
            .lon_e7 = std::uniform_int_distribution{-1'800'000'000, 1'800'000'000}(random_)};
  }

  // A place up to `most_e7` units away, across poles and the antimeridian as it comes.
  Position near(Position center, std::int32_t most_e7) {
    std::uniform_int_distribution away{-most_e7, most_e7};
    return {.lat_e7 = std::clamp(center.lat_e7 + away(random_), -900'000'000, 900'000'000),
            .lon_e7 = std::clamp<std::int32_t>(
                static_cast<std::int32_t>(std::clamp<std::int64_t>(
                    std::int64_t{center.lon_e7} + away(random_), -1'800'000'000, 1'800'000'000)),
                -1'800'000'000, 1'800'000'000)};
  }

  void expect_the_same_one_by_one(Position origin, const std::vector<Position>& places) {
    const LocalFrame frame{origin};
    std::vector<double> distances(places.size());
    std::vector<double> bearings(places.size());
    frame.distances_m(places, distances.data());
    frame.bearings_deg(places, bearings.data());
    for (std::size_t i = 0; i < places.size(); ++i) {
      const EarthPoint at = EarthPoint::from(places[i]);
      ASSERT_EQ(distances[i], distance_m(frame.origin(), at));
      ASSERT_EQ(bearings[i], frame.bearing_deg(at));
      ASSERT_FALSE(std::signbit(bearings[i]));
      ASSERT_LT(bearings[i], 360);
    }
  }

  std::mt19937_64 random_{test::seed()};
};

TEST_F(LocalFrameTest, ManyAtOnceAreTheSameAsOneByOne) {
  for (int round = 0; round < 3'000; ++round) {
    const Position origin = anywhere();
    const std::int32_t most_e7 = std::vector{10, 1'000, 1'000'000, 20'000'000}[random_() % 4];
    std::vector<Position> places{origin};
    for (auto count = random_() % 100; count != 0; --count) {
      places.push_back(random_() % 8 == 0 ? anywhere() : near(origin, most_e7));
    }
    ASSERT_NO_FATAL_FAILURE(expect_the_same_one_by_one(origin, places));
  }
}

TEST_F(LocalFrameTest, TheFourQuarters) {
  const Position origin{.lat_e7 = 310'000'000, .lon_e7 = 1'210'000'000};
  const LocalFrame frame{origin};
  const auto bearing = [&](std::int32_t north_e7, std::int32_t east_e7) {
    return frame.bearing_deg(
        EarthPoint::from({.lat_e7 = origin.lat_e7 + north_e7, .lon_e7 = origin.lon_e7 + east_e7}));
  };
  EXPECT_NEAR(std::remainder(bearing(1000, 0), 360), 0, 1e-6);
  EXPECT_NEAR(bearing(0, 1000), 90, 1e-3);
  EXPECT_NEAR(bearing(-1000, 0), 180, 1e-6);
  EXPECT_NEAR(bearing(0, -1000), 270, 1e-3);
  EXPECT_EQ(bearing(0, 0), 0);
}

}  // namespace
}  // namespace geomatch::geo
