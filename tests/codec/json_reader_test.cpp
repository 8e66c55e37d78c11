#include "../../src/codec/json_reader.hpp"

#include <string>
#include <variant>

#include <gtest/gtest.h>

namespace geomatch::codec {
namespace {

bool opens_all(std::string_view) noexcept {
  return true;
}

JsonValue read(std::string_view text) {
  return std::get<JsonValue>(read_json(text, opens_all));
}

JsonSyntaxError error_of(std::string_view text) {
  return std::get<JsonSyntaxError>(read_json(text, opens_all));
}

JsonNumber number(std::string_view text) {
  return std::get<JsonNumber>(read(text).content);
}

TEST(JsonReader, ReadsEveryKindOfValue) {
  EXPECT_TRUE(std::holds_alternative<JsonValue::Null>(read("null").content));
  EXPECT_EQ(std::get<bool>(read(" true ").content), true);
  EXPECT_EQ(std::get<std::string>(read(R"("a\u00e9\n")").content), "aé\n");
  EXPECT_TRUE(std::get<JsonValue::Array>(read("[]").content).empty());
  EXPECT_TRUE(std::get<JsonValue::Object>(read("{}").content).empty());

  const auto root = read(R"({"a":{"b":[1]},"c":false})");
  const auto& members = std::get<JsonValue::Object>(root.content);
  ASSERT_EQ(members.size(), 2U);
  const auto& inner = std::get<JsonValue::Object>(members[0].value.content);
  ASSERT_EQ(inner.size(), 1U);
  EXPECT_EQ(inner[0].name, "b");
  EXPECT_EQ(std::get<JsonValue::Array>(inner[0].value.content).size(), 1U);
}

TEST(JsonReader, NumbersAreTheNearestDoubles) {
  EXPECT_EQ(number("0.1").value, 0.1);
  EXPECT_EQ(number("-3").value, -3.0);
  EXPECT_EQ(number("18446744073709551615").value, 18446744073709551615.0);
  EXPECT_EQ(number("1E2").value, 100.0);
  EXPECT_EQ(number("1e-999").value, 0.0);
}

TEST(JsonReader, KnowsIntegersThatDoublesHaveGapsAt) {
  EXPECT_TRUE(number("9007199254740992").exact);
  EXPECT_TRUE(number("-9007199254740992").exact);
  EXPECT_FALSE(number("9007199254740993").exact) << "rounds to 2^53";
  EXPECT_FALSE(number("9007199254740994").exact);
  EXPECT_FALSE(number("-9007199254740993").exact);
  EXPECT_FALSE(number("123456789012345678901234567890").exact);
  EXPECT_FALSE(number("-123456789012345678901234567890").exact);
  EXPECT_TRUE(number("1e300").exact);
  EXPECT_TRUE(number("12345678901234567890.5").exact);
}

TEST(JsonReader, SaysWhereTheTextIsWrong) {
  EXPECT_EQ(error_of("").offset, 0U);
  EXPECT_EQ(error_of("{x}").offset, 1U);
  EXPECT_EQ(error_of(R"({"a":1)").offset, 6U);
  EXPECT_EQ(error_of("1 2").offset, 2U);
  EXPECT_EQ(error_of("\"\xff\"").offset, 1U);
  EXPECT_FALSE(error_of("{x}").out_of_range);
}

TEST(JsonReader, NumbersTooLargeForADoubleAreOutOfRange) {
  EXPECT_TRUE(error_of(R"({"lat":1e999})").out_of_range);
  EXPECT_TRUE(error_of("-1e999").out_of_range);
}

TEST(JsonReader, ANulByteIsNoEndOfText) {
  EXPECT_EQ(error_of(std::string_view{"{}\0", 3}).offset, 2U);
  EXPECT_EQ(error_of(std::string_view{"{}\0{}", 5}).offset, 2U);
}

TEST(JsonReader, NestingTakesNoStack) {
  constexpr std::size_t depth = 1'000'000;
  EXPECT_EQ(error_of(std::string(depth, '[')).offset, depth);
  EXPECT_TRUE(std::holds_alternative<JsonValue::Array>(
      read(std::string(depth, '[') + std::string(depth, ']')).content));
}

}  // namespace
}  // namespace geomatch::codec
