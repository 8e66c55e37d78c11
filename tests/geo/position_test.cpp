#include <gtest/gtest.h>

#include <geomatch/geo/position.hpp>

namespace geomatch::geo {
namespace {

TEST(Position, KeepsSevenDecimals) {
  const Position position = Position::from_degrees(31.2306412, 121.4759203);
  EXPECT_EQ(position.lat_e7, 312306412);
  EXPECT_EQ(position.lon_e7, 1214759203);
}

TEST(Position, RoundsToTheNearest) {
  EXPECT_EQ(Position::from_degrees(0.00000005, -0.00000005), (Position{1, -1}));
  EXPECT_EQ(Position::from_degrees(0.00000004, -0.00000004), (Position{0, 0}));
}

TEST(Position, HoldsTheCornersOfTheGlobe) {
  EXPECT_EQ(Position::from_degrees(90, 180), (Position{900'000'000, 1'800'000'000}));
  EXPECT_EQ(Position::from_degrees(-90, -180), (Position{-900'000'000, -1'800'000'000}));
}

}  // namespace
}  // namespace geomatch::geo
