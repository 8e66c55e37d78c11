// What a vicinity rules out is out: checked against the distance itself.
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include <geomatch/geo/distance.hpp>
#include <geomatch/geo/vicinity.hpp>

#include "support/seed.hpp"

namespace geomatch::geo {
namespace {

struct Offset {
  double north, east;
};

Offset offset_of(Position from, Position to) {
  const std::int64_t turn = 2 * Vicinity::half_turn_e7;
  std::int64_t east = (std::int64_t{to.lon_e7} - from.lon_e7) % turn;
  if (east > turn / 2) east -= turn;
  if (east < -turn / 2) east += turn;
  return {.north = static_cast<double>(to.lat_e7 - from.lat_e7), .east = static_cast<double>(east)};
}

TEST(Vicinity, RulesOutNothingThatIsWithin) {
  std::mt19937_64 random{test::seed()};
  const auto uniform = [&](double from, double to) {
    return std::uniform_real_distribution<double>{from, to}(random);
  };
  int within = 0;
  for (int i = 0; i < 2'000; ++i) {
    const Position center = Position::from_degrees(i % 4 == 0 ? uniform(88, 90) : uniform(-90, 90),
                                                   i % 3 == 0 ? uniform(179.9, 180) : uniform(-180, 180));
    const double radius_m = std::pow(10.0, uniform(0, 6));
    const Vicinity vicinity{center, radius_m};
    const EarthPoint at = EarthPoint::from(center);
    for (int j = 0; j < 200; ++j) {
      // A little beyond the circle's own height and width, around the poles and the antimeridian.
      double lat = center.lat_deg() + uniform(-1.1, 1.1) * radius_m / 111'000;
      const double width = 1.1 * radius_m / 111'000 / std::max(0.001, std::cos(center.lat_deg() * 0.0174533));
      double lon = center.lon_deg() + uniform(-1, 1) * std::min(width, 180.0);
      if (std::abs(lat) > 90) {
        lat = std::copysign(180, lat) - lat;
        lon += 180;
      }
      if (std::abs(lat) > 90) continue;
      const Position to = Position::from_degrees(lat, std::remainder(lon, 360));
      const double distance = distance_m(at, EarthPoint::from(to));
      if (distance > radius_m) continue;
      ++within;
      const Offset offset = offset_of(center, to);
      ASSERT_LE(std::abs(offset.north), static_cast<double>(vicinity.height_e7));
      ASSERT_LE(std::abs(offset.east), static_cast<double>(vicinity.width_e7));
      const double bound =
          std::hypot(offset.north * vicinity.metres_north, offset.east * vicinity.metres_east);
      ASSERT_LE(bound, distance) << center.lat_deg() << ' ' << center.lon_deg() << " within " << radius_m
                                 << " m";
    }
  }
  EXPECT_GT(within, 50'000);
}

TEST(Vicinity, IsTightInACity) {
  const Position center = Position::from_degrees(31.23, 121.47);
  const Vicinity vicinity{center, 1000};
  const Position to = Position::from_degrees(31.236, 121.476);
  const Offset offset = offset_of(center, to);
  const double bound = std::hypot(offset.north * vicinity.metres_north, offset.east * vicinity.metres_east);
  EXPECT_GT(bound, 0.999 * distance_m(EarthPoint::from(center), EarthPoint::from(to)));
  EXPECT_LT(vicinity.height_e7, 95'000);
  EXPECT_LT(vicinity.width_e7, 110'000);
}

TEST(Vicinity, TakesAllLongitudesNearAPole) {
  const Vicinity vicinity{Position::from_degrees(89.99, 12), 50'000};
  EXPECT_EQ(vicinity.width_e7, Vicinity::half_turn_e7);
  EXPECT_EQ(vicinity.metres_east, 0.0);
}

}  // namespace
}  // namespace geomatch::geo
