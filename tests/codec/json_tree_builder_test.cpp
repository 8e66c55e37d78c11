#include "../../src/codec/json_tree_builder.hpp"

#include <string>
#include <string_view>
#include <variant>

#include <gtest/gtest.h>

namespace geomatch::codec {
namespace {

bool opens_where(std::string_view name) noexcept {
  return name == "where";
}

const JsonValue::Object& object(const JsonValue& value) {
  return std::get<JsonValue::Object>(value.content);
}
const JsonValue::Array& array(const JsonValue& value) {
  return std::get<JsonValue::Array>(value.content);
}
double number(const JsonValue& value) {
  return std::get<JsonNumber>(value.content).value;
}

JsonValue one() {
  return {JsonNumber{.value = 1}};
}

TEST(JsonTreeBuilder, AScalarCanBeTheRoot) {
  JsonTreeBuilder builder{opens_where};
  builder.scalar(one());
  EXPECT_EQ(number(builder.take()), 1);
}

TEST(JsonTreeBuilder, KeepsTheOrderOfMembersAndElements) {
  JsonTreeBuilder builder{opens_where};
  builder.begin_object();
  builder.key("b");
  builder.scalar({true});
  builder.key("where");
  builder.begin_array();
  builder.scalar({std::string{"x"}});
  builder.scalar(one());
  builder.end_array();
  builder.key("a");
  builder.scalar(one());
  builder.end_object();

  const auto root = builder.take();
  ASSERT_EQ(object(root).size(), 3U);
  EXPECT_EQ(object(root)[0].name, "b");
  EXPECT_EQ(std::get<bool>(object(root)[0].value.content), true);
  EXPECT_EQ(array(object(root)[1].value).size(), 2U);
  EXPECT_EQ(number(array(object(root)[1].value)[1]), 1);
  EXPECT_EQ(number(object(root)[2].value), 1);
}

TEST(JsonTreeBuilder, NumbersTheOccurrencesOfANameInEachObject) {
  JsonTreeBuilder builder{opens_where};
  builder.begin_object();
  for (const auto* name : {"a", "b", "a", "", "ab", "a", ""}) {
    builder.key(name);
    builder.scalar(one());
  }
  builder.key("where");
  builder.begin_object();
  builder.key("a");
  builder.scalar(one());
  builder.key("a");
  builder.scalar(one());
  builder.end_object();
  builder.end_object();

  const auto root = builder.take();
  std::vector<std::size_t> occurrences;
  for (const auto& member : object(root)) {
    occurrences.push_back(member.occurrence);
  }
  EXPECT_EQ(occurrences, (std::vector<std::size_t>{0, 0, 1, 0, 0, 2, 1, 0}));
  EXPECT_EQ(object(object(root).back().value)[0].occurrence, 0U);
  EXPECT_EQ(object(object(root).back().value)[1].occurrence, 1U);
}

TEST(JsonTreeBuilder, LeavesOutWhatNobodyOpens) {
  JsonTreeBuilder builder{opens_where};
  builder.begin_object();
  builder.key("other");
  builder.begin_array();
  builder.begin_object();
  builder.key("where");
  builder.begin_array();
  builder.end_array();
  builder.end_object();
  builder.scalar(one());
  builder.end_array();
  builder.key("next");
  builder.scalar(one());
  builder.end_object();

  const auto root = builder.take();
  ASSERT_EQ(object(root).size(), 2U);
  EXPECT_TRUE(array(object(root)[0].value).empty());
  EXPECT_EQ(number(object(root)[1].value), 1);
}

TEST(JsonTreeBuilder, LeavesOutWhatLiesTooDeep) {
  JsonTreeBuilder builder{opens_where};
  builder.begin_object();
  builder.key("where");
  builder.begin_object();
  builder.key("color");
  builder.begin_array();
  builder.begin_array();
  builder.scalar(one());
  builder.end_array();
  builder.scalar(one());
  builder.end_array();
  builder.end_object();
  builder.end_object();

  const auto root = builder.take();
  const auto& color = array(object(object(root)[0].value)[0].value);
  ASSERT_EQ(color.size(), 2U);
  EXPECT_TRUE(array(color[0]).empty());
  EXPECT_EQ(number(color[1]), 1);
}

TEST(JsonTreeBuilder, LeavesOutTheElementsOfARootArray) {
  JsonTreeBuilder builder{opens_where};
  builder.begin_array();
  builder.scalar(one());
  builder.begin_object();
  builder.end_object();
  builder.end_array();
  EXPECT_TRUE(array(builder.take()).empty());
}

}  // namespace
}  // namespace geomatch::codec
