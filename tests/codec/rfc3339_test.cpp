#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include <geomatch/codec/rfc3339.hpp>

namespace geomatch::codec {
namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t day_2024_ms = 1'704'067'200'000;  // 2024-01-01T00:00:00Z

constexpr std::int64_t refused = std::numeric_limits<std::int64_t>::min();

// Milliseconds since 1970.
std::int64_t parsed(std::string_view text) {
  const auto time = parse_rfc3339(text);
  return time ? time->time_since_epoch().count() : refused;
}

TEST(Rfc3339, ReadsTheExamplesOfTheRfc) {
  EXPECT_EQ(parsed("1985-04-12T23:20:50.52Z"), 482'196'050'520);
  EXPECT_EQ(parsed("1996-12-19T16:39:57-08:00"), 851'042'397'000);
  EXPECT_EQ(parsed("1990-12-31T23:59:60Z"), 662'688'000'000);
  EXPECT_EQ(parsed("1990-12-31T15:59:60-08:00"), 662'688'000'000);
  EXPECT_EQ(parsed("1937-01-01T12:00:27.87+00:20"), -1'041'337'172'130);
}

TEST(Rfc3339, SeparatorsMayBeLowerCaseAndTheDateEndWithASpace) {
  EXPECT_EQ(parsed("2024-01-01T00:00:00Z"), day_2024_ms);
  EXPECT_EQ(parsed("2024-01-01t00:00:00z"), day_2024_ms);
  EXPECT_EQ(parsed("2024-01-01 00:00:00Z"), day_2024_ms);
}

TEST(Rfc3339, OffsetsCountWithAndWithoutColon) {
  EXPECT_EQ(parsed("2024-01-01T05:30:00+05:30"), day_2024_ms);
  EXPECT_EQ(parsed("2024-01-01T05:30:00+0530"), day_2024_ms);
  EXPECT_EQ(parsed("2023-12-31T21:00:00-03:00"), day_2024_ms);
  EXPECT_EQ(parsed("2024-01-01T00:00:00-00:00"), day_2024_ms);
  EXPECT_EQ(parsed("2024-01-01T00:00:00+23:59"), day_2024_ms - (23 * 60 + 59) * minute_ms);
}

TEST(Rfc3339, FractionsAreCutToMilliseconds) {
  EXPECT_EQ(parsed("2024-01-01T00:00:00.1Z"), day_2024_ms + 100);
  EXPECT_EQ(parsed("2024-01-01T00:00:00.12Z"), day_2024_ms + 120);
  EXPECT_EQ(parsed("2024-01-01T00:00:00.001Z"), day_2024_ms + 1);
  EXPECT_EQ(parsed("2024-01-01T00:00:00.9999Z"), day_2024_ms + 999);
  EXPECT_EQ(parsed("2024-01-01T00:00:00.123" + std::string(1000, '9') + "Z"), day_2024_ms + 123);
  EXPECT_EQ(parsed("1969-12-31T23:59:59.9999Z"), -1) << "cut downwards: one millisecond before 1970";
}

TEST(Rfc3339, LeapYearsHaveTheirDay) {
  EXPECT_EQ(parsed("2024-02-29T00:00:00Z"), 1'709'164'800'000);
  EXPECT_EQ(parsed("2000-02-29T00:00:00Z"), 951'782'400'000);
  EXPECT_FALSE(parse_rfc3339("2023-02-29T00:00:00Z"));
  EXPECT_FALSE(parse_rfc3339("1900-02-29T00:00:00Z"));
}

TEST(Rfc3339, ALeapSecondIsTheFirstMomentOfTheNextMinute) {
  constexpr std::int64_t first_of_2017 = 1'483'228'800'000;
  EXPECT_EQ(parsed("2016-12-31T23:59:60Z"), first_of_2017);
  EXPECT_EQ(parsed("2016-12-31T23:59:60.75Z"), first_of_2017);
  EXPECT_EQ(parsed("2017-01-01T05:29:60+05:30"), first_of_2017);
  EXPECT_FALSE(parse_rfc3339("2016-12-31T23:58:60Z")) << "within an hour";
  EXPECT_FALSE(parse_rfc3339("2016-12-30T23:59:60Z")) << "within a month";
  EXPECT_FALSE(parse_rfc3339("2016-12-31T23:59:60+01:00")) << "the month's end here is not that of UTC";
}

TEST(Rfc3339, YearsReachFrom1To9999InUtc) {
  EXPECT_EQ(parsed("0001-01-01T00:00:00Z"), -62'135'596'800'000);
  EXPECT_EQ(parsed("9999-12-31T23:59:59.999Z"), 253'402'300'799'999);
  EXPECT_FALSE(parse_rfc3339("0000-12-31T23:59:59Z"));
  EXPECT_FALSE(parse_rfc3339("0000-12-31T23:59:59-01:00"));
  EXPECT_FALSE(parse_rfc3339("0001-01-01T00:00:00+00:01"));
  EXPECT_FALSE(parse_rfc3339("9999-12-31T23:59:59-00:01"));
  EXPECT_FALSE(parse_rfc3339("9999-12-31T23:59:60Z"));
}

class Rfc3339Refuses : public testing::TestWithParam<const char*> {};

TEST_P(Rfc3339Refuses, ThisText) {
  EXPECT_FALSE(parse_rfc3339(GetParam())) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(
    All, Rfc3339Refuses,
    testing::Values("", "Z", "2024", "2024-01-01", "2024-01-01T00:00Z", "2024-01-01T00:00:00",
                    " 2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z ", "2024-01-01T00:00:00ZZ",
                    "2024-01-01_00:00:00Z", "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00,5Z",
                    "2024-01-01T00:00:00.5", "2024-01-01T00:00:00.-5Z", "2024-00-01T00:00:00Z",
                    "2024-13-01T00:00:00Z", "2024-01-00T00:00:00Z", "2024-01-32T00:00:00Z",
                    "2024-04-31T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:60:00Z",
                    "2024-01-01T00:00:61Z", "2024-01-01T00:00:00+24:00", "2024-01-01T00:00:00+00:60",
                    "2024-01-01T00:00:00+05", "2024-01-01T00:00:00+5:30", "2024-01-01T00:00:00+05:3",
                    "2024-01-01T00:00:00+05:30Z", "2024-1-01T00:00:00Z", "24-01-01T00:00:00Z",
                    "+2024-01-01T00:00:00Z", "20240101T000000Z", "-024-01-01T00:00:00Z",
                    "2024-01-01T-1:00:00Z", "2024-01-01T00:00: 0Z", "now"));

}  // namespace
}  // namespace geomatch::codec
