#include "../../src/http/nearby_parameters.hpp"

#include <gtest/gtest.h>

namespace geomatch::http {
namespace {

NearbyParameters good(std::string_view target) {
  auto parsed = parse_nearby(target, 50'000);
  EXPECT_TRUE(std::holds_alternative<NearbyParameters>(parsed)) << target;
  return std::holds_alternative<NearbyParameters>(parsed) ? std::get<NearbyParameters>(parsed)
                                                          : NearbyParameters{};
}

std::vector<std::string> wrong(std::string_view target) {
  auto parsed = parse_nearby(target, 50'000);
  std::vector<std::string> names;
  if (const auto* errors = std::get_if<std::vector<codec::MemberError>>(&parsed)) {
    for (const auto& error : *errors) names.push_back(error.pointer);
  }
  return names;
}

using Names = std::vector<std::string>;

TEST(NearbyParameters, HaveTheDefaultsOfAPost) {
  const auto wanted = good("/nearby?lat=31.2306412&lon=-121.4759203");
  EXPECT_EQ(wanted.center, (geo::Position{312306412, -1214759203}));
  EXPECT_EQ(wanted.radius_m, 1000);
  EXPECT_EQ(wanted.limit, 10);
  EXPECT_EQ(wanted.role, "");
  EXPECT_FALSE(wanted.max_age);
}

TEST(NearbyParameters, TakeAllThatIsGiven) {
  const auto wanted =
      good("/nearby?lat=90&lon=-180&radius_m=50000&limit=0&role=a+b%2Bc&max_age_s=1.5&other=x");
  EXPECT_EQ(wanted.radius_m, 50'000);
  EXPECT_EQ(wanted.limit, 0);
  EXPECT_EQ(wanted.role, "a b+c");
  EXPECT_EQ(wanted.max_age, model::Milliseconds{1500});
}

TEST(NearbyParameters, NeedAPlace) {
  EXPECT_EQ(wrong("/nearby"), (Names{"lat", "lon"}));
  EXPECT_EQ(wrong("/nearby?lat=1"), (Names{"lon"}));
}

TEST(NearbyParameters, NameAllThatIsWrong) {
  EXPECT_EQ(wrong("/nearby?lat=90.1&lon=x&radius_m=0&limit=1.5&max_age_s=-1"),
            (Names{"lat", "lon", "radius_m", "limit", "max_age_s"}));
  EXPECT_EQ(wrong("/nearby?lat=&lon=1e999&radius_m=50001&limit=101"),
            (Names{"lat", "lon", "radius_m", "limit"}));
  EXPECT_EQ(wrong("/nearby?lat=nan&lon=inf"), (Names{"lat", "lon"}));
  EXPECT_EQ(wrong("/nearby?lat=1&lat=2&lon=3"), (Names{"lat"}));
}

TEST(NearbyParameters, BrokenEncodingIsWrong) {
  EXPECT_EQ(wrong("/nearby?lat=1&lon=1&role=%zz"), (Names{"role"}));
  EXPECT_EQ(wrong("/nearby?lat=1&lon=1&%=2"), (Names{"%"}));
}

TEST(NearbyParameters, OddQueriesAreTakenApartAsFormsAre) {
  EXPECT_EQ(good("/nearby?&lat=1&&lon=2&role=a=b&").role, "a=b");
  EXPECT_EQ(good("/nearby?lat=1&lon=2&role").role, "");
  EXPECT_EQ(good("/nearby?l%61t=1&lon=2").center.lat_e7, 10'000'000);
}

// As in a connection's buffer, where the rest of the request follows.
TEST(NearbyParameters, EndWhereTheTargetEnds) {
  const std::string_view line = "/nearby?lat=1&lon=2&role=driver HTTP/1.1\r\nHost: a\r\n\r\n";
  EXPECT_EQ(good(line.substr(0, line.find(' '))).role, "driver");
}

TEST(NearbyParameters, AHugeAgeIsNoOverflow) {
  EXPECT_GT(*good("/nearby?lat=1&lon=1&max_age_s=1e300").max_age, std::chrono::years{100});
}

}  // namespace
}  // namespace geomatch::http
