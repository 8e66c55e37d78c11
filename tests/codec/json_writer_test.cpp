#include "json_writer.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "random_source.hpp"
#include "support/scale.hpp"

namespace geomatch::codec {
namespace {

template <class Value>
std::string written(Value value) {
  std::string json;
  JsonWriter{json}.value(value);
  return json;
}

template <int decimals>
std::string written_fixed(std::int64_t units) {
  std::string json;
  JsonWriter{json}.fixed<decimals>(units);
  return json;
}

std::string shortest(double number) {
  std::array<char, 64> text;
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
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
  out.fixed<1>(15);
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
  out.finish();
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
  out.escaped_key("a\"\n");
  out.value(1);
  out.end_object();
  out.finish();
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
  EXPECT_EQ(written_fixed<7>(312306412), "31.2306412");
  EXPECT_EQ(written_fixed<7>(1214759200), "121.47592");
  EXPECT_EQ(written_fixed<7>(1), "0.0000001");
  EXPECT_EQ(written_fixed<7>(-1), "-0.0000001");
  EXPECT_EQ(written_fixed<1>(-5), "-0.5");
  EXPECT_EQ(written_fixed<7>(0), "0");
  EXPECT_EQ(written_fixed<7>(-1'800'000'000), "-180");
  EXPECT_EQ(written_fixed<7>(10'000'001), "1.0000001");
  EXPECT_EQ(written_fixed<3>(86'400'000), "86400");
  EXPECT_EQ(written_fixed<8>(std::numeric_limits<std::int64_t>::min()), "-92233720368.54775808");
  EXPECT_EQ(written_fixed<1>(std::numeric_limits<std::int64_t>::max()), "922337203685477580.7");
}

// What the same number is as printf writes it, its zeros cut.
template <int decimals>
void expect_as_printed(std::int64_t units) {
  std::int64_t scale = 1;
  for (int i = 0; i < decimals; ++i) scale *= 10;
  std::array<char, 64> text;
  std::snprintf(text.data(), text.size(), "%s%lld.%0*lld", units < 0 ? "-" : "",
                static_cast<long long>(std::abs(units / scale)), decimals,
                static_cast<long long>(std::abs(units % scale)));
  std::string expected = text.data();
  expected.erase(expected.find_last_not_of('0') + 1);
  if (expected.ends_with('.')) expected.pop_back();
  ASSERT_EQ(written_fixed<decimals>(units), expected);
}

TEST(JsonWriter, NumbersAreAsOthersPrintThem) {
  RandomSource random;
  SCOPED_TRACE(random.rerun());
  for (std::size_t i = 0; i < test::scaled(200'000) && !testing::Test::HasFatalFailure(); ++i) {
    const auto integer =
        random.integer(-std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::max()) >>
        random.below(63);
    const auto rounded = integer - integer % random.one_of<std::int64_t>({1, 10, 1000, 100'000, 100'000'000});
    for (const auto number : {integer, rounded}) {
      ASSERT_EQ(written(number), std::to_string(number));
      expect_as_printed<1>(number);
      expect_as_printed<2>(number);
      expect_as_printed<3>(number);
      expect_as_printed<7>(number);
      expect_as_printed<8>(number);
      const auto number_of_many_digits = static_cast<double>(number) / 1e6;
      ASSERT_EQ(written(number_of_many_digits), shortest(number_of_many_digits));
    }
  }
}

TEST(JsonWriter, WholeDoublesAreAsToCharsWritesThem) {
  for (int i = -200'000; i <= 200'000; ++i) ASSERT_EQ(written(i / 2.0), shortest(i / 2.0));
  EXPECT_EQ(written(-0.0), "-0");
  EXPECT_EQ(written(99'999.0), "99999");
  EXPECT_EQ(written(100'000.0), "1e+05");
  EXPECT_EQ(written(-100'000.0), "-1e+05");
}

// nlohmann's writer is another, and escapes the same.
TEST(JsonWriter, TextsAreAsNlohmannWritesThem) {
  RandomSource random;
  SCOPED_TRACE(random.rerun());
  for (std::size_t i = 0; i < test::scaled(100'000) && !testing::Test::HasFatalFailure(); ++i) {
    std::string text;
    for (auto left = random.below(40); left > 0; --left) {
      text += random.one_of<std::string_view>({"a",
                                               "bcdefghi",
                                               " ",
                                               "\"",
                                               "\\",
                                               "/",
                                               "é",
                                               "上",
                                               "\U0001F695",
                                               "\n",
                                               "\x1f",
                                               {"\0", 1},
                                               "\x7f",
                                               "\xc2\xa0",
                                               "0123456789abcdef"});
    }
    ASSERT_EQ(written(std::string_view{text}), nlohmann::json(text).dump());
  }
}

TEST(JsonWriter, AppendsAnyNumberOfTimes) {
  std::string json = "[";
  for (int i = 0; i < 100; ++i) {
    JsonWriter out{json};
    out.begin_array();
    out.value(std::string(static_cast<std::size_t>(i) * 5, '\n'));
    out.finish();
    EXPECT_TRUE(json.ends_with(i == 0 ? "\"\"" : "\\n\""));
    out.end_array();
  }
  EXPECT_EQ(json.size(), 1 + 100 * 4 + 2 * 5 * (99 * 100 / 2));
}

}  // namespace
}  // namespace geomatch::codec
