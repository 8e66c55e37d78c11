#include <string>
#include <variant>

#include <gtest/gtest.h>

#include <geomatch/codec/post_decoder.hpp>

#include "decoding.hpp"

namespace geomatch::codec {
namespace {

using namespace decoding;

DecodeError syntax_error_of(std::string_view body) {
  auto result = decode(body);
  const auto* error = std::get_if<DecodeError>(&result);
  if (error == nullptr || error->kind != DecodeError::Kind::not_json) {
    ADD_FAILURE() << body << " passed as JSON";
    return {};
  }
  EXPECT_TRUE(error->members.empty());
  return *error;
}

TEST(PostDecoder, ReadsAllMembersOfABody) {
  const auto post = accepted(R"({
    "id": "driver-3", "lat": 31.2306412, "lon": 121.4759203, "timestamp": "2023-12-31T23:59:58Z",
    "uuid": "5f0c", "accuracy": 4, "altitude": -3, "speed": 12.5, "heading": 270, "role": "driver", "seek": "rider",
    "radius_m": 2500, "limit": 3, "max_age_s": 60, "ttl_s": 90, "attributes": {"seats": 4},
    "where": {"party": {"max": 4}}})");
  const model::Fix fix{.id = "driver-3",
                       .position = {312'306'412, 1'214'759'203},
                       .timestamp = received_at - model::Milliseconds{2000},
                       .received_at = received_at,
                       .ttl = model::Milliseconds{90'000},
                       .role = "driver",
                       .accuracy_m = 4,
                       .altitude_m = -3,
                       .speed_mps = 12.5,
                       .heading_deg = 270,
                       .attributes = {{"seats", 4.0}}};
  EXPECT_EQ(post.fix, fix);
  EXPECT_EQ(post.uuid, "5f0c");
  EXPECT_EQ(post.seek, "rider");
  EXPECT_EQ(post.radius_m, 2500);
  EXPECT_EQ(post.limit, 3);
  EXPECT_EQ(post.max_age, model::Milliseconds{60'000});
  EXPECT_EQ(post.where, (model::Where{{"party", model::Interval{.min = {}, .max = 4}}}));
  EXPECT_TRUE(post.given.radius_m && post.given.limit && post.given.ttl_s);
}

TEST(PostDecoder, JsonThatIsNoObjectIsNoLocation) {
  for (const auto* body : {"[]", R"([{"id":"a","lat":1,"lon":2}])", "null", "true", "17", R"("id")"}) {
    EXPECT_EQ(errors_of(body), (std::vector<MemberError>{{"", "must be an object"}})) << body;
  }
}

TEST(PostDecoder, SaysWhereABodyIsNotJson) {
  EXPECT_EQ(syntax_error_of("").detail, "The body is not JSON: it is empty.");
  EXPECT_EQ(syntax_error_of({}).detail, "The body is not JSON: it is empty.");
  EXPECT_EQ(syntax_error_of(R"({"id":'a'})").detail, "The body is not JSON: it stops being so at byte 6.");
  EXPECT_EQ(syntax_error_of(R"({"id":"a")").detail, "The body is not JSON: it ends too early at byte 9.");
  EXPECT_EQ(syntax_error_of(R"({"lat":1e999})").detail, "The body has a number out of range at byte 11.");
}

TEST(PostDecoder, WrongMembersDoNotHideThatABodyIsNotJson) {
  EXPECT_NE(syntax_error_of(R"({"id":7,"lat":null,})").detail, "");
}

TEST(PostDecoder, TextIsUtf8) {
  EXPECT_EQ(accepted("{\"id\":\"上海\",\"lat\":1,\"lon\":2}").fix.id, "上海");
  EXPECT_EQ(accepted(R"({"id":"\uD83D\uDE95","lat":1,"lon":2})").fix.id, "\U0001F695");
  for (const std::string bad :
       {"\xff", "\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80", R"(\ud83d)"}) {
    EXPECT_NE(syntax_error_of("{\"id\":\"" + bad + "\",\"lat\":1,\"lon\":2}").detail, "");
    EXPECT_NE(syntax_error_of("{\"unknown\":\"" + bad + "\"}").detail, "");
  }
}

TEST(PostDecoder, DetailsDoNotEchoTheBody) {
  EXPECT_EQ(syntax_error_of("{\"<script>\xff").detail.find("script"), std::string::npos);
}

}  // namespace
}  // namespace geomatch::codec
