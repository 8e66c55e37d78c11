#include <cmath>
#include <sstream>

#include <gtest/gtest.h>

#include <geomatch/geo/distance.hpp>
#include <geomatch/geo/local_frame.hpp>
#include <geomatch/geo/position.hpp>

#include "support/shared_data.hpp"

namespace geomatch::geo {
namespace {

double distance_of(Position a, Position b) {
  return distance_m(EarthPoint::from(a), EarthPoint::from(b));
}

TEST(Distance, IsZeroForOnePlace) {
  EXPECT_EQ(distance_of({123456789, 987654321}, {123456789, 987654321}), 0.0);
}

TEST(Distance, IsSymmetricToTheLastBit) {
  const auto a = EarthPoint::from(Position::from_degrees(40.7, -74.0));
  const auto b = EarthPoint::from(Position::from_degrees(40.8, -73.9));
  EXPECT_EQ(distance_m(a, b), distance_m(b, a));
}

TEST(Distance, TheAntimeridianIsOneLine) {
  EXPECT_EQ(distance_of(Position::from_degrees(10, 180), Position::from_degrees(10, -180)), 0.0);
  const double across_m = distance_of(Position::from_degrees(0, 179.9), Position::from_degrees(0, -179.9));
  EXPECT_NEAR(across_m, 0.2 * 111'319.4908, 0.01);  // a degree of the equator is 2πa / 360
}

TEST(Distance, APoleIsOnePlace) {
  EXPECT_EQ(distance_of(Position::from_degrees(90, 0), Position::from_degrees(90, 137)), 0.0);
  EXPECT_EQ(distance_of(Position::from_degrees(-90, 12), Position::from_degrees(-90, -180)), 0.0);
}

TEST(Distance, AcrossThePole) {
  // A degree of the meridian at the pole is 111 693.98 m (WGS84: a / sqrt(1 - e²) * π / 180).
  const double over_m = distance_of(Position::from_degrees(89.9, 0), Position::from_degrees(89.9, 180));
  EXPECT_NEAR(over_m, 0.2 * 111'693.98, 0.05);
}

// A geodesic from the data: start, azimuth at the start, end, length.
struct Geodesic {
  double lat1, lon1, azimuth1, lat2, lon2, azimuth2, length_m;
};

std::vector<Geodesic> geodesics_within(double radius_m) {
  std::istringstream lines{test::unzipped(test::shared_data() / "GeodTest-short.dat.gz")};
  std::vector<Geodesic> geodesics;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields{line};
    Geodesic g{};
    fields >> g.lat1 >> g.lon1 >> g.azimuth1 >> g.lat2 >> g.lon2 >> g.azimuth2 >> g.length_m;
    if (g.length_m <= radius_m) geodesics.push_back(g);
  }
  return geodesics;
}

// Half the diagonal of a 1e-7 degree square, at each end.
constexpr double rounding_m = 2 * 0.0079;

TEST(Distance, MatchesTheExactGeodesicsWithin50Km) {
  GEOMATCH_NEEDS_SHARED("GeodTest-short.dat.gz");
  const auto geodesics = geodesics_within(50'000);
  ASSERT_GT(geodesics.size(), 500U);
  for (const Geodesic& g : geodesics) {
    const double got_m = distance_of(Position::from_degrees(g.lat1, std::remainder(g.lon1, 360)),
                                     Position::from_degrees(g.lat2, std::remainder(g.lon2, 360)));
    EXPECT_NEAR(got_m, g.length_m, rounding_m + 1e-7 * g.length_m);
  }
}

TEST(LocalFrame, BearingMatchesTheExactAzimuth) {
  GEOMATCH_NEEDS_SHARED("GeodTest-short.dat.gz");
  std::size_t checked = 0;
  for (const Geodesic& g : geodesics_within(50'000)) {
    if (g.length_m < 100) continue;  // the rounding of places turns shorter ones by more than is checked
    ++checked;
    const LocalFrame frame{Position::from_degrees(g.lat1, std::remainder(g.lon1, 360))};
    const double got_deg =
        frame.bearing_deg(EarthPoint::from(Position::from_degrees(g.lat2, std::remainder(g.lon2, 360))));
    EXPECT_LE(std::abs(std::remainder(got_deg - g.azimuth1, 360)), 0.001 + 57.3 * rounding_m / g.length_m)
        << g.lat1 << ' ' << g.lon1 << ' ' << g.length_m;
    EXPECT_GE(got_deg, 0.0);
    EXPECT_LT(got_deg, 360.0);
  }
  EXPECT_GT(checked, 100U);
}

TEST(LocalFrame, KnowsTheFourDirections) {
  const LocalFrame frame{Position::from_degrees(10, 20)};
  const auto bearing_to = [&](double lat, double lon) {
    return frame.bearing_deg(EarthPoint::from(Position::from_degrees(lat, lon)));
  };
  EXPECT_NEAR(std::remainder(bearing_to(10.01, 20), 360), 0, 1e-6);
  EXPECT_NEAR(bearing_to(10, 20.01), 90, 0.01);
  EXPECT_NEAR(bearing_to(9.99, 20), 180, 1e-6);
  EXPECT_NEAR(bearing_to(10, 19.99), 270, 0.01);
  EXPECT_EQ(bearing_to(10, 20), 0);
}

}  // namespace
}  // namespace geomatch::geo
