#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <geomatch/model/condition.hpp>

#include "decoding.hpp"

namespace geomatch::codec {
namespace {

using namespace decoding;
using Values = std::vector<model::AttributeValue>;
using Pointers = std::vector<std::string>;

std::string where(const std::string& object) {
  return body_with(R"("where":)" + object);
}

model::Where where_of(const std::string& object) {
  return accepted(where(object)).where;
}

std::string list_of(int count) {
  std::string list = "[";
  for (int i = 0; i < count; ++i) {
    list += i > 0 ? ",1" : "1";
  }
  return list + "]";
}

std::string conditions(int count) {
  std::string object = "{";
  for (int i = 0; i < count; ++i) {
    object += (i > 0 ? ",\"n" : "\"n") + std::to_string(i) + "\":0";
  }
  return object + "}";
}

TEST(Where, AValueIsAListOfOne) {
  EXPECT_EQ(where_of(R"({"seats":4,"color":"red","pets":false})"),
            (model::Where{{"seats", Values{4.0}}, {"color", Values{"red"}}, {"pets", Values{false}}}));
  EXPECT_TRUE(where_of("{}").empty());
}

TEST(Where, AListOfValues) {
  EXPECT_EQ(where_of(R"({"color":["red","blue",7,true]})"),
            (model::Where{{"color", Values{"red", "blue", 7.0, true}}}));
  EXPECT_EQ(where_of(R"({"color":[]})"), (model::Where{{"color", Values{}}}));
}

TEST(Where, AnIntervalHasOneBoundOrBoth) {
  EXPECT_EQ(where_of(R"({"a":{"min":2},"b":{"max":-1.5},"c":{"max":3,"min":3}})"),
            (model::Where{{"a", model::Interval{.min = 2, .max = {}}},
                          {"b", model::Interval{.min = {}, .max = -1.5}},
                          {"c", model::Interval{.min = 3, .max = 3}}}));
  EXPECT_EQ(where_of(R"({"a":{"min":2,"note":[{"min":1,"min":2}]}})"),
            (model::Where{{"a", model::Interval{.min = 2, .max = {}}}}));
}

TEST(Where, AnIntervalWithoutBoundsOrUpsideDownIsRefused) {
  EXPECT_EQ(pointers_of(where(R"({"a":{}})")), Pointers{"/where/a"});
  EXPECT_EQ(pointers_of(where(R"({"a":{"least":1}})")), Pointers{"/where/a"});
  EXPECT_EQ(pointers_of(where(R"({"a":{"min":2,"max":1}})")), Pointers{"/where/a"});
}

TEST(Where, BoundsAreNumbers) {
  for (const std::string value : {"null", R"("1")", "true", "[1]", "{}"}) {
    EXPECT_EQ(pointers_of(where(R"({"seats":{"min":)" + value + "}}")), Pointers{"/where/seats/min"})
        << value;
    EXPECT_EQ(pointers_of(where(R"({"seats":{"min":1,"max":)" + value + "}}")), Pointers{"/where/seats/max"})
        << value;
  }
  EXPECT_EQ(pointers_of(where(R"({"seats":{"min":null,"max":null}})")),
            (Pointers{"/where/seats/min", "/where/seats/max"}));
}

TEST(Where, IsAnObjectOfAtMost16Conditions) {
  EXPECT_EQ(where_of(conditions(16)).size(), 16U);
  EXPECT_EQ(pointers_of(where(conditions(17))), Pointers{"/where"});
  expect_each_refused("where", {"null", "1", R"("a")", "true", "[]", R"([{"a":1}])"});
}

TEST(Where, AListHasAtMost64Values) {
  EXPECT_EQ(std::get<Values>(where_of(R"({"a":)" + list_of(64) + "}").at(0).requirement).size(), 64U);
  EXPECT_EQ(pointers_of(where(R"({"a":)" + list_of(65) + "}")), Pointers{"/where/a"});
}

TEST(Where, OfTooManyOnlyTheirNumberIsWrong) {
  auto object = conditions(17);
  object.replace(object.find(":0"), 2, ":null");
  EXPECT_EQ(pointers_of(where(object)), Pointers{"/where"});
  EXPECT_EQ(pointers_of(R"({"limit":-1,)" + where(object).substr(1)), (Pointers{"/limit", "/where"}));
  EXPECT_EQ(pointers_of(where(R"({"a":[null,)" + list_of(65).substr(1) + "}")), Pointers{"/where/a"});
}

TEST(Where, ListsHoldOnlyValues) {
  EXPECT_EQ(
      pointers_of(where(R"({"color":["red",null,[],{},[["red"]],"blue",9007199254740993]})")),
      (Pointers{"/where/color/1", "/where/color/2", "/where/color/3", "/where/color/4", "/where/color/6"}));
}

TEST(Where, NullAndIntegersThatDoublesCannotHoldAreRefused) {
  EXPECT_EQ(pointers_of(where(R"({"color":null,"serial":9007199254740993})")),
            (Pointers{"/where/color", "/where/serial"}));
}

TEST(Where, NamesHave1To64Bytes) {
  const std::string longest(64, 'n');
  EXPECT_EQ(where_of("{\"" + longest + "\":1}").at(0).name, longest);
  EXPECT_EQ(pointers_of(where("{\"" + longest + "n\":[null,null]}")), Pointers{"/where/" + longest + "n"});
  EXPECT_EQ(pointers_of(where(R"({"":1})")), Pointers{"/where/"});
}

TEST(Where, RepeatedNamesAreRefusedOnce) {
  EXPECT_EQ(pointers_of(where(R"({"a":1,"a":2,"a":3})")), Pointers{"/where/a"});
  EXPECT_EQ(pointers_of(where(R"({"a":{"min":1,"min":1,"max":2,"min":1}})")), Pointers{"/where/a/min"});
  EXPECT_EQ(pointers_of(where(R"({"a":{"min":1,"x":1,"x":2}})")), Pointers{"/where/a/x"});
}

}  // namespace
}  // namespace geomatch::codec
