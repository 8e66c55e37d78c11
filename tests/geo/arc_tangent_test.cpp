#include "../../src/geo/arc_tangent.hpp"

#include <cmath>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

#include "support/seed.hpp"

namespace geomatch::geo {
namespace {

TEST(ArcTangent, IsTheLibrarys) {
  std::mt19937_64 random{test::seed()};
  std::uniform_real_distribution<double> unit{-1, 1};
  for (int i = 0; i < 200'000; ++i) {
    const double y = unit(random) * std::pow(10.0, 8 * unit(random));
    const double x = unit(random) * std::pow(10.0, 8 * unit(random));
    ASSERT_NEAR(arc_tangent_deg(y, x), std::atan2(y, x) * 180 / std::numbers::pi, 1e-13) << y << ' ' << x;
  }
}

TEST(ArcTangent, IsExactOnTheAxes) {
  EXPECT_EQ(arc_tangent_deg(0, 1), 0);
  EXPECT_EQ(arc_tangent_deg(1, 0), 90);
  EXPECT_EQ(arc_tangent_deg(0, -1), 180);
  EXPECT_EQ(arc_tangent_deg(-1, 0), -90);
  EXPECT_EQ(arc_tangent_deg(0, 0), 0);
}

}  // namespace
}  // namespace geomatch::geo
