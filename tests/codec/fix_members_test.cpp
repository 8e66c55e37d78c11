#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "decoding.hpp"

namespace geomatch::codec {
namespace {

using namespace decoding;

std::string body_of(const std::string& id, const std::string& lat = "1", const std::string& lon = "2") {
  return R"({"id":)" + id + R"(,"lat":)" + lat + R"(,"lon":)" + lon + "}";
}

std::string in_quotes(const std::string& text) {
  return '"' + text + '"';
}

using Pointers = std::vector<std::string>;

TEST(FixMembers, OnlyIdAndPlaceAreRequired) {
  const auto post = accepted(R"({"id":"rider-17","lat":31.2306412,"lon":-121.4759203})");
  EXPECT_EQ(post.fix.id, "rider-17");
  EXPECT_EQ(post.fix.position, (geo::Position{312'306'412, -1'214'759'203}));
  EXPECT_EQ(post.fix.ttl, model::Fix::default_ttl);
  EXPECT_FALSE(post.given.ttl_s);
  EXPECT_EQ(post.uuid, "");
  EXPECT_EQ(post.fix.role, "");
  EXPECT_EQ(post.fix.accuracy_m, std::nullopt);
  EXPECT_EQ(post.fix.altitude_m, std::nullopt);
  EXPECT_EQ(post.fix.speed_mps, std::nullopt);
  EXPECT_EQ(post.fix.heading_deg, std::nullopt);
  EXPECT_TRUE(post.fix.attributes.empty());
}

TEST(FixMembers, IdHas1To128Bytes) {
  EXPECT_EQ(accepted(body_of(R"("x")")).fix.id, "x");
  EXPECT_EQ(accepted(body_of(in_quotes(std::string(128, 'x')))).fix.id.size(), 128U);
  EXPECT_EQ(pointers_of(body_of(R"("")")), Pointers{"/id"});
  EXPECT_EQ(pointers_of(body_of(in_quotes(std::string(129, 'x')))), Pointers{"/id"});
  std::string chinese;
  for (int i = 0; i < 43; ++i) {
    chinese += "上";  // three bytes each
  }
  EXPECT_EQ(pointers_of(body_of(in_quotes(chinese))), Pointers{"/id"});
  chinese.resize(42 * 3);
  EXPECT_EQ(accepted(body_of(in_quotes(chinese))).fix.id, chinese);
}

TEST(FixMembers, IdHasNoControlCharacters) {
  for (const std::string escape :
       {R"(\u0000)", R"(\n)", R"(\u001f)", R"(\u007f)", R"(\u0080)", R"(\u009F)"}) {
    EXPECT_EQ(pointers_of(body_of(in_quotes("a" + escape + "b"))), Pointers{"/id"}) << escape;
  }
  EXPECT_EQ(accepted(body_of(R"("\u0020\u00A0\"\\/")")).fix.id, " \u00A0\"\\/");
}

TEST(FixMembers, IdIsAString) {
  for (const auto* value : {"17", "null", "true", "[]", R"(["a"])", R"({"id":"a"})"}) {
    EXPECT_EQ(pointers_of(body_of(value)), Pointers{"/id"}) << value;
  }
}

TEST(FixMembers, LatitudesFromPoleToPole) {
  EXPECT_EQ(accepted(body_of(R"("a")", "90")).fix.position.lat_e7, 900'000'000);
  EXPECT_EQ(accepted(body_of(R"("a")", "-90.0")).fix.position.lat_e7, -900'000'000);
  EXPECT_EQ(accepted(body_of(R"("a")", "1e1")).fix.position.lat_e7, 100'000'000);
  for (const auto* value : {"90.0000000001", "-91", "1e300", "null", R"("1")", "true", "[1]", "{}"}) {
    EXPECT_EQ(pointers_of(body_of(R"("a")", value)), Pointers{"/lat"}) << value;
  }
}

TEST(FixMembers, LongitudesFromAntimeridianToAntimeridian) {
  EXPECT_EQ(accepted(body_of(R"("a")", "0", "180")).fix.position.lon_e7, 1'800'000'000);
  EXPECT_EQ(accepted(body_of(R"("a")", "0", "-180")).fix.position.lon_e7, -1'800'000'000);
  for (const auto* value : {"180.0000000001", "-181", "1e300", "null", R"("1")", "false", "[1]", "{}"}) {
    EXPECT_EQ(pointers_of(body_of(R"("a")", "0", value)), Pointers{"/lon"}) << value;
  }
}

TEST(FixMembers, UuidHasUpTo64Bytes) {
  EXPECT_EQ(accepted(body_with(R"("uuid":"")")).uuid, "");
  EXPECT_EQ(accepted(body_with(R"("uuid":)" + in_quotes(std::string(64, 'u')))).uuid, std::string(64, 'u'));
  expect_each_refused("uuid", {in_quotes(std::string(65, 'u')), "1", "null", "true", "[]", "{}"});
}

TEST(FixMembers, RoleHasUpTo32Bytes) {
  EXPECT_EQ(accepted(body_with(R"("role":"driver")")).fix.role, "driver");
  EXPECT_EQ(accepted(body_with(R"("role":)" + in_quotes(std::string(32, 'r')))).fix.role,
            std::string(32, 'r'));
  expect_each_refused("role", {in_quotes(std::string(33, 'r')), "1", "null", "true", "[]", "{}"});
}

TEST(FixMembers, AccuracyAndSpeedAreUnknownWhenNullOrNegative) {
  const auto known = accepted(body_with(R"("accuracy":4.5,"speed":0)")).fix;
  EXPECT_EQ(known.accuracy_m, 4.5);
  EXPECT_EQ(known.speed_mps, 0);
  const auto negative = accepted(body_with(R"("accuracy":-1,"speed":-0.5)")).fix;
  EXPECT_EQ(negative.accuracy_m, std::nullopt);
  EXPECT_EQ(negative.speed_mps, std::nullopt);
  const auto null = accepted(body_with(R"("accuracy":null,"speed":null)")).fix;
  EXPECT_EQ(null.accuracy_m, std::nullopt);
  EXPECT_EQ(null.speed_mps, std::nullopt);
  expect_each_refused("accuracy", {R"("1")", "true", "[]", "{}"});
  expect_each_refused("speed", {R"("1")", "true", "[]", "{}"});
}

TEST(FixMembers, AltitudeMayBeNegative) {
  EXPECT_EQ(accepted(body_with(R"("altitude":-430.5)")).fix.altitude_m, -430.5);
  EXPECT_EQ(accepted(body_with(R"("altitude":null)")).fix.altitude_m, std::nullopt);
  expect_each_refused("altitude", {R"("1")", "true", "[]", "{}"});
}

TEST(FixMembers, HeadingUpToAFullTurn) {
  EXPECT_EQ(accepted(body_with(R"("heading":0)")).fix.heading_deg, 0);
  EXPECT_EQ(accepted(body_with(R"("heading":360)")).fix.heading_deg, 360);
  EXPECT_EQ(accepted(body_with(R"("heading":-1)")).fix.heading_deg, std::nullopt);
  EXPECT_EQ(accepted(body_with(R"("heading":null)")).fix.heading_deg, std::nullopt);
  expect_each_refused("heading", {"360.01", "1e9", R"("1")", "true", "[]", "{}"});
}

TEST(FixMembers, TtlFromASecondToADay) {
  EXPECT_EQ(accepted(body_with(R"("ttl_s":1)")).fix.ttl, model::Milliseconds{1000});
  EXPECT_EQ(accepted(body_with(R"("ttl_s":1.5)")).fix.ttl, model::Milliseconds{1500});
  const auto day = accepted(body_with(R"("ttl_s":86400)"));
  EXPECT_EQ(day.fix.ttl, model::Fix::max_ttl);
  EXPECT_TRUE(day.given.ttl_s);
  expect_each_refused("ttl_s",
                      {"0.999", "0", "-5", "86400.001", "1e300", R"("60")", "null", "true", "[]", "{}"});
}

}  // namespace
}  // namespace geomatch::codec
