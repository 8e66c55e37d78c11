#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "decoding.hpp"

namespace geomatch::codec {
namespace {

using namespace decoding;
using model::Milliseconds;

model::TimePoint timestamp_of(const std::string& value) {
  return accepted(body_with(R"("timestamp":)" + value)).fix.timestamp;
}

TEST(PostMembers, Defaults) {
  const auto post = accepted(body_with(R"("role":"rider")"));
  EXPECT_EQ(post.fix.received_at, received_at);
  EXPECT_EQ(post.fix.timestamp, received_at);
  EXPECT_EQ(post.seek, "");
  EXPECT_EQ(post.radius_m, 1000);
  EXPECT_EQ(post.limit, 10);
  EXPECT_EQ(post.max_age, std::nullopt);
  EXPECT_TRUE(post.where.empty());
  EXPECT_FALSE(post.given.radius_m);
  EXPECT_FALSE(post.given.limit);
}

TEST(PostMembers, TimestampAsTextOrMilliseconds) {
  EXPECT_EQ(timestamp_of(R"("2023-12-31T23:59:59.5Z")"), received_at - Milliseconds{500});
  EXPECT_EQ(timestamp_of("1704067199500"), received_at - Milliseconds{500});
  EXPECT_EQ(timestamp_of("1704067199500.9"), received_at - Milliseconds{500});
  EXPECT_EQ(timestamp_of("946684800000").time_since_epoch(), Milliseconds{946'684'800'000});
  EXPECT_EQ(timestamp_of(R"("2000-01-01T00:00:00Z")").time_since_epoch(), Milliseconds{946'684'800'000});
  EXPECT_EQ(accepted(body_with(R"("timestamp":946684800000)")).fix.received_at, received_at);
}

TEST(PostMembers, TimestampTooFarAheadCountsAsArrival) {
  EXPECT_EQ(timestamp_of("1704067200001"), received_at + Milliseconds{1});
  EXPECT_EQ(timestamp_of("1704067230000"), received_at + Milliseconds{30'000});
  EXPECT_EQ(timestamp_of("1704067230001"), received_at);
  EXPECT_EQ(timestamp_of(R"("9999-12-31T23:59:59.999Z")"), received_at);
  const DecodeLimits strict{.max_clock_skew = Milliseconds{0}};
  EXPECT_EQ(accepted(body_with(R"("timestamp":1704067200001)"), strict).fix.timestamp, received_at);
  const DecodeLimits lax{.max_clock_skew = Milliseconds::max()};
  EXPECT_EQ(accepted(body_with(R"("timestamp":1704067230001)"), lax).fix.timestamp,
            received_at + Milliseconds{30'001});
}

TEST(PostMembers, OtherTimestampsAreRefused) {
  expect_each_refused("timestamp", {R"("")", R"("yesterday")", R"("2024-01-01")", R"("2024-02-30T00:00:00Z")",
                                    R"("1704067200000")", "253402300800000", "-62135596800001", "1e300",
                                    "null", "true", "[]", "{}"});
}

TEST(PostMembers, TimestampsBeforeTheYear2000AreRefused) {
  const std::vector<MemberError> refusal{
      {"/timestamp", "must be RFC 3339 text or epoch milliseconds, in the years 2000 to 9999"}};
  for (const auto* value :
       {"0", "-1", "946684799", "253402300800", "946684799999.9", "-62135596800000", "-62135596800001",
        "253402300800000", "1704067200000000", R"("1999-12-31T23:59:59.999Z")",
        R"("2000-01-01T00:00:00+00:01")", R"("1970-01-20T17:21:07Z")", R"("0001-01-01T00:00:00Z")"}) {
    EXPECT_EQ(errors_of(body_with(std::string{R"("timestamp":)"} + value)), refusal) << value;
  }
}

TEST(PostMembers, SecondsInPlaceOfMillisecondsAreNamed) {
  const std::vector<MemberError> refusal{
      {"/timestamp", "must be epoch milliseconds; this looks like seconds: multiply it by 1000"}};
  for (const auto* value : {"946684800", "1704067200", "1704067200.25", "1.7e9", "253402300799"}) {
    EXPECT_EQ(errors_of(body_with(std::string{R"("timestamp":)"} + value)), refusal) << value;
  }
}

TEST(PostMembers, SeekHasUpTo32Bytes) {
  EXPECT_EQ(accepted(body_with(R"("seek":"rider")")).seek, "rider");
  EXPECT_EQ(accepted(body_with(R"("seek":")" + std::string(32, 's') + '"')).seek, std::string(32, 's'));
  expect_each_refused("seek", {'"' + std::string(33, 's') + '"', "1", "null", "true", "[]", "{}"});
}

TEST(PostMembers, RadiusOverZeroUpToTheLimit) {
  EXPECT_EQ(accepted(body_with(R"("radius_m":0.001)")).radius_m, 0.001);
  const auto largest = accepted(body_with(R"("radius_m":50000)"));
  EXPECT_EQ(largest.radius_m, 50'000);
  EXPECT_TRUE(largest.given.radius_m);
  expect_each_refused("radius_m", {"0", "-1", "50000.1", "1e300", R"("5")", "null", "true", "[]", "{}"});
  const DecodeLimits small{.max_radius_m = 200};
  EXPECT_EQ(accepted(body_with(R"("radius_m":200)"), small).radius_m, 200);
  const auto errors = errors_of(body_with(R"("radius_m":201)"), small);
  EXPECT_EQ(errors,
            (std::vector<MemberError>{{"/radius_m", "must be a number of metres over 0, at most 200"}}));
}

TEST(PostMembers, LimitIsAnIntegerFrom0To100) {
  const auto none = accepted(body_with(R"("limit":0)"));
  EXPECT_EQ(none.limit, 0);
  EXPECT_TRUE(none.given.limit);
  EXPECT_EQ(accepted(body_with(R"("limit":100)")).limit, 100);
  EXPECT_EQ(accepted(body_with(R"("limit":10.0)")).limit, 10);
  expect_each_refused("limit",
                      {"-1", "101", "1.5", "99999999999999999999", R"("1")", "null", "true", "[]", "{}"});
}

TEST(PostMembers, MaxAgeOverZero) {
  EXPECT_EQ(accepted(body_with(R"("max_age_s":60)")).max_age, Milliseconds{60'000});
  EXPECT_EQ(accepted(body_with(R"("max_age_s":0.25)")).max_age, Milliseconds{250});
  EXPECT_EQ(accepted(body_with(R"("max_age_s":1e-9)")).max_age, Milliseconds{1});
  const auto forever = accepted(body_with(R"("max_age_s":1.7e308)")).max_age;
  ASSERT_TRUE(forever);
  EXPECT_GT(*forever, std::chrono::years{9000});
  EXPECT_LT(*forever, std::chrono::years{10'000});
  expect_each_refused("max_age_s", {"0", "-1", R"("1")", "null", "true", "[]", "{}"});
}

}  // namespace
}  // namespace geomatch::codec
