#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <geomatch/codec/replies.hpp>

#include "support/appended.hpp"
#include "support/shown_match.hpp"

namespace geomatch::codec {
namespace {

using model::Milliseconds;

constexpr model::TimePoint now{Milliseconds{1'704'067'200'000}};

std::string json_of(const std::vector<test::ShownMatch>& matches) {
  std::string json;
  append_matches(json, now, [&](model::MatchVisitor visit) {
    for (const auto& match : matches) visit(match.view());
  });
  return json;
}

model::Fix driver() {
  model::Fix fix;
  fix.id = "driver-3";
  fix.position = {312'306'412, 1'214'759'203};
  fix.timestamp = now - Milliseconds{1200};
  fix.received_at = now - Milliseconds{1000};
  return fix;
}

std::string match(double distance_m, double bearing_deg) {
  return json_of({{driver(), distance_m, bearing_deg}});
}

std::string match_with(const std::string& distance, const std::string& bearing) {
  return R"([{"id":"driver-3","distance_m":)" + distance + R"(,"bearing_deg":)" + bearing +
         R"(,"lat":31.2306412,"lon":121.4759203,"age_s":1.2}])";
}

TEST(Replies, NoMatches) {
  EXPECT_EQ(json_of({}), "[]");
}

TEST(Replies, MatchesInTheirOrderWithWhatTheyHave) {
  auto a = driver();
  a.role = "driver";
  a.attributes = {{"seats", 4.0}};
  auto b = driver();
  b.id = "quo\"te";
  b.timestamp = now + Milliseconds{5000};
  EXPECT_EQ(
      json_of({{a, 212.4, 87.1}, {b, 0, 0}}),
      R"([{"id":"driver-3","distance_m":212.4,"bearing_deg":87.1,"lat":31.2306412,"lon":121.4759203,)"
      R"("age_s":1.2,"role":"driver","attributes":{"seats":4}},)"
      R"({"id":"quo\"te","distance_m":0,"bearing_deg":0,"lat":31.2306412,"lon":121.4759203,"age_s":0}])");
}

TEST(Replies, DistancesToTheMillimetre) {
  EXPECT_EQ(match(1234.56789, 1), match_with("1234.568", "1"));
  EXPECT_EQ(match(0.0004, 1), match_with("0", "1"));
  EXPECT_EQ(match(20'003'931.4586, 1), match_with("20003931.459", "1"));
}

TEST(Replies, BearingsToAHundredthAndNever360) {
  EXPECT_EQ(match(1, 123.456), match_with("1", "123.46"));
  EXPECT_EQ(match(1, 359.99), match_with("1", "359.99"));
  EXPECT_EQ(match(1, 359.996), match_with("1", "0"));
  EXPECT_EQ(match(1, 0.001), match_with("1", "0"));
}

TEST(Replies, TheAnswerToAPost) {
  EXPECT_EQ(test::appended(append_match_reply, "rider\n17", "accepted", R"([{"id":"a"}])"),
            R"({"id":"rider\n17","status":"accepted","matches":[{"id":"a"}]})");
}

TEST(Replies, TheAnswerToNearby) {
  const auto reply_with = [](const std::vector<test::ShownMatch>& matches) {
    std::string json;
    append_nearby_reply(json, now, [&](model::MatchVisitor visit) {
      for (const auto& match : matches) visit(match.view());
    });
    return json;
  };
  EXPECT_EQ(reply_with({}), R"({"matches":[]})");
  EXPECT_EQ(reply_with({{driver(), 1, 2}}), R"({"matches":)" + match(1, 2) + "}");
}

TEST(Replies, AnAnswerWithoutMatches) {
  EXPECT_EQ(test::appended(append_match_reply, std::string_view{}, "stale", "[]"),
            R"({"id":"","status":"stale","matches":[]})");
}

TEST(Replies, AnEntity) {
  auto fix = driver();
  fix.ttl = Milliseconds{1500};
  EXPECT_EQ(test::appended(append_entity, fix, now),
            R"({"id":"driver-3","lat":31.2306412,"lon":121.4759203,"timestamp":1704067198800,)"
            R"("received_at":1704067199000,"age_s":1.2,"ttl_s":1.5})");
  fix.role = "driver";
  fix.accuracy_m = 4.5;
  fix.altitude_m = -3;
  fix.speed_mps = 0;
  fix.heading_deg = 270;
  fix.attributes = {{"pets", true}};
  fix.timestamp = now + Milliseconds{1};
  EXPECT_EQ(
      test::appended(append_entity, fix, now),
      R"({"id":"driver-3","lat":31.2306412,"lon":121.4759203,"timestamp":1704067200001,)"
      R"("received_at":1704067199000,"age_s":0,"ttl_s":1.5,"role":"driver","accuracy":4.5,"altitude":-3,)"
      R"("speed":0,"heading":270,"attributes":{"pets":true}})");
}

}  // namespace
}  // namespace geomatch::codec
