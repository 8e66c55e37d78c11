#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "decoding.hpp"

namespace geomatch::codec {
namespace {

using namespace decoding;
using Pointers = std::vector<std::string>;

TEST(Members, EveryWrongOneIsInTheErrorInItsOrderAndTheMissingOnesLast) {
  EXPECT_EQ(
      errors_of(R"({"limit":-1,"lon":181,"x":1,"attributes":{"a":null},"role":7,"where":{"b":[null]}})"),
      (std::vector<MemberError>{
          {"/limit", "must be an integer from 0 to 100"},
          {"/lon", "must be a number from -180 to 180"},
          {"/attributes/a", "must be a string, a number, true or false"},
          {"/role", "must be a string of up to 32 bytes"},
          {"/where/b/0", "must be a string, a number, true or false"},
          {"/id", "is required: a string of 1 to 128 bytes without control characters"},
          {"/lat", "is required: a number from -90 to 90"},
      }));
}

TEST(Members, AnEmptyObjectMissesAllThatIsRequired) {
  EXPECT_EQ(pointers_of("{}"), (Pointers{"/id", "/lat", "/lon"}));
}

TEST(Members, AWrongOneIsNotMissing) {
  EXPECT_EQ(pointers_of(R"({"lat":null,"id":"a","lon":0})"), Pointers{"/lat"});
}

TEST(Members, UnknownOnesAreSkippedWhateverTheyHold) {
  const auto post = accepted(body_with(
      R"("x":null,"y":{"lat":"a","lat":"b","z":[{"q":{},"q":{}}]},"":[],"LAT":7,"lat ":[1,[2,[3,[4,[5]]]]],"limit":3)"));
  EXPECT_EQ(post.limit, 3);
  EXPECT_EQ(post.fix.position, (geo::Position{10'000'000, 20'000'000}));
}

TEST(Members, RepeatedOnesAreRefusedOnce) {
  EXPECT_EQ(errors_of(body_with(R"("lat":1,"lat":1)")),
            (std::vector<MemberError>{{"/lat", "must not be repeated"}}));
  EXPECT_EQ(pointers_of(body_with(R"("limit":5,"limit":5)")), Pointers{"/limit"});
  EXPECT_EQ(pointers_of(body_with(R"("attributes":{},"attributes":{"a":null})")), Pointers{"/attributes"});
  EXPECT_EQ(pointers_of(R"({"\u0069d":"a","lat":1,"lon":2,"id":"b"})"), Pointers{"/id"});
}

TEST(Members, RepeatedUnknownOnesAreRefusedToo) {
  EXPECT_EQ(pointers_of(body_with(R"("x/~":1,"y":1,"x/~":{},"x/~":[])")), Pointers{"/x~1~0"});
}

TEST(Members, TheirNamesMayBeEscaped) {
  EXPECT_EQ(accepted(body_with(R"("\u006cimit":7)")).limit, 7);
}

TEST(Members, ManyTakeNoQuadraticTime) {
  constexpr int count = 200'000;  // minutes, if each were compared with each
  std::string members;
  for (int i = 0; i < count; ++i) {
    members += '"' + std::to_string(i) + "\":0,";
  }
  EXPECT_EQ(accepted(body_with(members + R"("limit":7)")).limit, 7);
}

}  // namespace
}  // namespace geomatch::codec
