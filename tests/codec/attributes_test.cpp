#include <string>

#include <gtest/gtest.h>

#include <geomatch/model/attribute.hpp>

#include "decoding.hpp"

namespace geomatch::codec {
namespace {

using namespace decoding;

std::string attributes(const std::string& object) {
  return R"("attributes":)" + object;
}

model::Attributes attributes_of(const std::string& object) {
  return accepted(body_with(attributes(object))).fix.attributes;
}

// {"n0":0,"n1":0,…}
std::string object_of(int count) {
  std::string object = "{";
  for (int i = 0; i < count; ++i) {
    object += (i > 0 ? ",\"n" : "\"n") + std::to_string(i) + "\":0";
  }
  return object + "}";
}

TEST(Attributes, AreStringsNumbersAndBooleansInTheirOrder) {
  const model::Attributes expected{
      {"seats", 4.0}, {"color", "red"}, {"pets", true}, {"age", -0.5}, {"note", ""}};
  EXPECT_EQ(attributes_of(R"({"seats":4,"color":"red","pets":true,"age":-0.5,"note":""})"), expected);
  EXPECT_EQ(attributes_of("{}"), model::Attributes{});
}

TEST(Attributes, AreAnObjectOfAtMost16) {
  EXPECT_EQ(attributes_of(object_of(16)).size(), 16U);
  expect_refused(attributes(object_of(17)), "/attributes");
  expect_each_refused("attributes", {"null", "1", R"("a")", "true", "[]", R"([{"a":1}])"});
}

TEST(Attributes, NamesHave1To64Bytes) {
  const std::string longest(64, 'n');
  EXPECT_EQ(attributes_of("{\"" + longest + "\":1}"), (model::Attributes{{longest, 1.0}}));
  expect_refused(attributes("{\"" + longest + "n\":1}"), "/attributes/" + longest + "n");
  expect_refused(attributes(R"({"":1})"), "/attributes/");
}

TEST(Attributes, OtherValuesAreRefused) {
  for (const std::string value : {"null", "[]", "[1]", "{}", R"({"a":1})"}) {
    expect_refused(attributes(R"({"ok":1,"seats":)" + value + R"(,"fine":2})"), "/attributes/seats");
  }
}

TEST(Attributes, IntegersThatDoublesCannotHoldAreRefused) {
  EXPECT_EQ(attributes_of(R"({"a":9007199254740992,"b":-9007199254740992})"),
            (model::Attributes{{"a", 9007199254740992.0}, {"b", -9007199254740992.0}}));
  for (const std::string value :
       {"9007199254740993", "-9007199254740993", "123456789012345678901234567890"}) {
    const auto errors = errors_of(body_with(attributes(R"({"a":)" + value + "}")));
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].pointer, "/attributes/a");
    EXPECT_NE(errors[0].detail.find("send it as a string"), std::string::npos) << errors[0].detail;
  }
  EXPECT_EQ(attributes_of(R"({"a":1e300})"), (model::Attributes{{"a", 1e300}}));
}

TEST(Attributes, NamesAndTextsAreBoundedTogether) {
  const DecodeLimits limits{.max_attributes_bytes = 10};
  const auto in = body_with(attributes(R"({"abc":"12","de":"345","g":1})"));
  EXPECT_EQ(pointers_of(in, {.max_attributes_bytes = 10}), std::vector<std::string>{"/attributes"});
  EXPECT_EQ(accepted(in, {.max_attributes_bytes = 11}).fix.attributes.size(), 3U);
  EXPECT_EQ(accepted(body_with(attributes(R"({"ab":"12","de":"345","g":123456789})")), limits)
                .fix.attributes.size(),
            3U);
}

TEST(Attributes, ARepeatedNameIsRefusedOnce) {
  expect_refused(attributes(R"({"a":1,"b":2,"a":3,"a":null})"), "/attributes/a");
  expect_refused(attributes(R"({"a":1,"\u0061":1})"), "/attributes/a");
}

TEST(Attributes, EveryWrongOneIsInTheError) {
  EXPECT_EQ(pointers_of(body_with(attributes(R"({"a/b":null,"m~n":[],"ok":1,"":{}})"))),
            (std::vector<std::string>{"/attributes/a~1b", "/attributes/m~0n", "/attributes/"}));
}

}  // namespace
}  // namespace geomatch::codec
