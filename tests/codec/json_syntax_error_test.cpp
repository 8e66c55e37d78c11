#include "../../src/codec/json_syntax_error.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace geomatch::codec {
namespace {

JsonSyntaxError syntax_error(std::string_view text) {
  const auto error = find_syntax_error(text);
  EXPECT_TRUE(error) << text;
  return error.value_or(JsonSyntaxError{});
}

TEST(JsonSyntaxError, SaysWhereTheTextIsWrong) {
  EXPECT_EQ(syntax_error("").offset, 0U);
  EXPECT_EQ(syntax_error("{x}").offset, 1U);
  EXPECT_EQ(syntax_error(R"({"a":1)").offset, 6U);
  EXPECT_EQ(syntax_error("1 2").offset, 2U);
  EXPECT_EQ(syntax_error("\"\xff\"").offset, 1U);
  EXPECT_FALSE(syntax_error("{x}").out_of_range);
}

TEST(JsonSyntaxError, NumbersTooLargeForADoubleAreOutOfRange) {
  EXPECT_TRUE(syntax_error(R"({"lat":1e999})").out_of_range);
  EXPECT_TRUE(syntax_error("-1e999").out_of_range);
}

TEST(JsonSyntaxError, ANulByteIsNoEndOfText) {
  EXPECT_EQ(syntax_error(std::string_view{"{}\0", 3}).offset, 2U);
  EXPECT_EQ(syntax_error(std::string_view{"{}\0{}", 5}).offset, 2U);
}

TEST(JsonSyntaxError, NestingTakesNoStack) {
  constexpr std::size_t depth = 1'000'000;
  EXPECT_EQ(syntax_error(std::string(depth, '[')).offset, depth);
}

TEST(JsonSyntaxError, JsonHasNone) {
  EXPECT_FALSE(find_syntax_error(R"( {"a":[1,{"b":null}],"a":"é"} )"));
}

}  // namespace
}  // namespace geomatch::codec
