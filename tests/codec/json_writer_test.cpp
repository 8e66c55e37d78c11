#include <cstdlib>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include <geomatch/codec/json_writer.hpp>

namespace geomatch::codec {
namespace {

template <class Value>
std::string written(Value value) {
  std::string json;
  JsonWriter{json}.value(value);
  return json;
}

std::string written_fixed(std::int64_t units, int decimals) {
  std::string json;
  JsonWriter{json}.fixed(units, decimals);
  return json;
}

TEST(JsonWriter, CommasComeByThemselves) {
  std::string json = "before:";
  JsonWriter out{json};
  out.begin_object();
  out.key("empty");
  out.begin_object();
  out.end_object();
  out.key("list");
  out.begin_array();
  out.value(1);
  out.begin_array();
  out.end_array();
  out.begin_object();
  out.key("a");
  out.fixed(15, 1);
  out.key("b");
  out.raw("[null]");
  out.end_object();
  out.value("x");
  out.value(true);
  out.value(0.5);
  out.end_array();
  out.key("last");
  out.value(false);
  out.end_object();
  EXPECT_EQ(json, R"(before:{"empty":{},"list":[1,[],{"a":1.5,"b":[null]},"x",true,0.5],"last":false})");
}

TEST(JsonWriter, TextIsEscapedWhereItHasToBe) {
  EXPECT_EQ(written(""), R"("")");
  EXPECT_EQ(written("plain /text"), R"("plain /text")");
  EXPECT_EQ(written(R"(say "hi" \ now)"), R"("say \"hi\" \\ now")");
  EXPECT_EQ(written("\b\f\n\r\t"), R"("\b\f\n\r\t")");
  EXPECT_EQ(written(std::string_view{"\0\x01\x1f", 3}), R"("\u0000\u0001\u001f")");
  EXPECT_EQ(written("\x7f 上海 \U0001F695"), "\"\x7f 上海 \U0001F695\"");
}

TEST(JsonWriter, KeysAreEscapedToo) {
  std::string json;
  JsonWriter out{json};
  out.begin_object();
  out.key("a\"\n");
  out.value(1);
  out.end_object();
  EXPECT_EQ(json, R"({"a\"\n":1})");
}

TEST(JsonWriter, Integers) {
  EXPECT_EQ(written(0), "0");
  EXPECT_EQ(written(-7), "-7");
  EXPECT_EQ(written(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(written(std::numeric_limits<std::int64_t>::max()), "9223372036854775807");
}

TEST(JsonWriter, DoublesAreShortAndReadBackAsThemselves) {
  EXPECT_EQ(written(4.0), "4");
  EXPECT_EQ(written(0.1), "0.1");
  EXPECT_EQ(written(-2.5), "-2.5");
  EXPECT_EQ(written(1e300), "1e+300");
  for (const double number : {1.0 / 3, 5e-324, 1.7976931348623157e308, 9007199254740993.0, -123456.789e-12}) {
    EXPECT_EQ(std::strtod(written(number).c_str(), nullptr), number);
  }
}

TEST(JsonWriter, FixedIsExactWithoutTrailingZeros) {
  EXPECT_EQ(written_fixed(312306412, 7), "31.2306412");
  EXPECT_EQ(written_fixed(1214759200, 7), "121.47592");
  EXPECT_EQ(written_fixed(1, 7), "0.0000001");
  EXPECT_EQ(written_fixed(-1, 7), "-0.0000001");
  EXPECT_EQ(written_fixed(-5, 1), "-0.5");
  EXPECT_EQ(written_fixed(0, 7), "0");
  EXPECT_EQ(written_fixed(-1'800'000'000, 7), "-180");
  EXPECT_EQ(written_fixed(10'000'001, 7), "1.0000001");
  EXPECT_EQ(written_fixed(42, 0), "42");
  EXPECT_EQ(written_fixed(std::numeric_limits<std::int64_t>::min(), 18), "-9.223372036854775808");
}

}  // namespace
}  // namespace geomatch::codec
