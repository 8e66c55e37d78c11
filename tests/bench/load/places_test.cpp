#include "load/places.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include <gtest/gtest.h>

#include "support/shared_data.hpp"
#include "support/temporary_folder.hpp"

namespace geomatch::load {
namespace {

class PlacesTest : public testing::Test {
 protected:
  std::filesystem::path file(const std::string& text, const std::string& name = "it's a city.csv") {
    std::ofstream{folder_ / name} << text;
    return folder_ / name;
  }

  test::TemporaryFolder folder_;
};

bool near(Place place, std::int32_t lat_e7, std::int32_t lon_e7) {
  return std::abs(place.lat_e7 - lat_e7) <= 500 && std::abs(place.lon_e7 - lon_e7) <= 500;
}

TEST_F(PlacesTest, AreDrawnFromAFile) {
  const auto places = places_from(file("Date/Time,Lat,LON,Base\r\n\"1/4 "
                                       "0:11\",\"40.769\",-73.9549,B1\r\nx,no,0,B\n1,2\n\n2,-33.5,151.25,B2"),
                                  1000, 1);
  ASSERT_EQ(places.size(), 1000U);
  const auto first =
      std::ranges::count_if(places, [](Place p) { return near(p, 407'690'000, -739'549'000); });
  const auto second =
      std::ranges::count_if(places, [](Place p) { return near(p, -335'000'000, 1'512'500'000); });
  EXPECT_EQ(first + second, 1000);
  EXPECT_GT(first, 400);
  EXPECT_GT(second, 400);
}

TEST_F(PlacesTest, ReadsWhatGzipPacked) {
  const auto plain = file("lat,lon\n1,2\n", "city.csv");
  ASSERT_EQ(std::system(("gzip '" + plain.string() + "'").c_str()), 0);
  EXPECT_TRUE(near(places_from(plain.string() + ".gz", 1, 1).at(0), 10'000'000, 20'000'000));
}

TEST_F(PlacesTest, TellWhatIsWrongWithAFile) {
  EXPECT_THROW((void)places_from(file("a,b\n1,2\n"), 1, 1), std::runtime_error);
  EXPECT_THROW((void)places_from(file("lat,lon\n"), 1, 1), std::runtime_error);
  EXPECT_THROW((void)places_from(folder_ / "none", 1, 1), std::runtime_error);
}

TEST_F(PlacesTest, RealPickUps) {
  GEOMATCH_NEEDS_SHARED("uber-nyc-2014-04.csv.gz");
  const auto places = places_from(test::shared_data() / "uber-nyc-2014-04.csv.gz", 10'000, 1);
  const auto in_new_york = std::ranges::count_if(places, [](Place p) {
    return p.lat_e7 > 400'000'000 && p.lat_e7 < 420'000'000 && p.lon_e7 > -750'000'000 &&
           p.lon_e7 < -720'000'000;
  });
  EXPECT_GT(in_new_york, 9'900);
}

TEST_F(PlacesTest, UniformOnesKeepFromThePoles) {
  for (const Place place : uniform_places(10'000, 85, 1)) {
    EXPECT_LE(std::abs(place.lat_e7), 850'000'000);
    EXPECT_LE(std::abs(place.lon_e7), 1'800'000'000);
  }
}

}  // namespace
}  // namespace geomatch::load
