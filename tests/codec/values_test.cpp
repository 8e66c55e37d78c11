#include "../../src/codec/values.hpp"

#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace geomatch::codec {
namespace {

using model::Milliseconds;

// What `read` makes of a JSON text, of which it has to leave nothing; nullopt where it is not what was asked
// for.
template <class Value, class Read>
std::optional<Value> as(std::string_view json, const Read& read) {
  JsonScanner in{json};
  Value value{};
  const bool good = read(in, value);
  EXPECT_TRUE(in.finished()) << json;
  return good ? std::optional{value} : std::nullopt;
}

std::optional<double> as_number(std::string_view json, double least, double most) {
  return as<double>(json, [&](JsonScanner& in, double& to) { return read_number(in, least, most, to); });
}

std::optional<double> as_number_over_zero(std::string_view json, double most) {
  return as<double>(json, [&](JsonScanner& in, double& to) { return read_number_over_zero(in, most, to); });
}

std::optional<int> as_integer(std::string_view json, int least, int most) {
  return as<int>(json, [&](JsonScanner& in, int& to) { return read_integer(in, least, most, to); });
}

std::optional<model::TimePoint> as_epoch_time(std::string_view json) {
  JsonScanner in{json};
  const auto time = read_epoch_time(in);
  EXPECT_TRUE(in.finished()) << json;
  return time;
}

TEST(Values, NumbersWithinBothBounds) {
  EXPECT_EQ(as_number("-90", -90, 90), -90);
  EXPECT_EQ(as_number("90.0", -90, 90), 90);
  EXPECT_FALSE(as_number("90.00000000000002", -90, 90));
  EXPECT_FALSE(as_number("-90.00000000000002", -90, 90));
}

TEST(Values, WhatIsNoNumberIsPassedWhole) {
  for (const auto* json : {R"("1")", "true", "null", "[1]", R"({"a":{"b":[]}})"}) {
    EXPECT_FALSE(as_number(json, -90, 90)) << json;
    EXPECT_FALSE(as_number_over_zero(json, 5)) << json;
    EXPECT_FALSE(as_integer(json, 0, 10)) << json;
    EXPECT_FALSE(as_epoch_time(json)) << json;
  }
}

TEST(Values, NumbersOverZero) {
  EXPECT_EQ(as_number_over_zero("5", 5), 5);
  EXPECT_EQ(as_number_over_zero("5e-324", 5), 5e-324);
  EXPECT_FALSE(as_number_over_zero("0", 5));
  EXPECT_FALSE(as_number_over_zero("-0.0", 5));
  EXPECT_FALSE(as_number_over_zero("5.1", 5));
}

TEST(Values, Integers) {
  EXPECT_EQ(as_integer("10.0", 0, 10), 10);
  EXPECT_EQ(as_integer("0", 0, 10), 0);
  EXPECT_EQ(as_integer("1e1", 0, 10), 10);
  EXPECT_FALSE(as_integer("9.5", 0, 10));
  EXPECT_FALSE(as_integer("11", 0, 10));
  EXPECT_FALSE(as_integer("-1", 0, 10));
  EXPECT_FALSE(as_integer("1e300", 0, 10));
}

TEST(Values, EpochTimesAreCutAndInRange) {
  EXPECT_EQ(as_epoch_time("1.9")->time_since_epoch(), Milliseconds{1});
  EXPECT_EQ(as_epoch_time("-1.9")->time_since_epoch(), Milliseconds{-1});
  EXPECT_EQ(as_epoch_time("253402300799999.5")->time_since_epoch(), Milliseconds{253'402'300'799'999});
  EXPECT_EQ(as_epoch_time("-62135596800000")->time_since_epoch(), Milliseconds{-62'135'596'800'000});
  EXPECT_FALSE(as_epoch_time("253402300800000"));
  EXPECT_FALSE(as_epoch_time("-62135596800001"));
  EXPECT_FALSE(as_epoch_time("1e300"));
}

TEST(Values, SecondsBecomeMillisecondsThatFit) {
  EXPECT_EQ(to_milliseconds(1.001), Milliseconds{1001});
  EXPECT_EQ(to_milliseconds(0.0126), Milliseconds{13});
  EXPECT_EQ(to_milliseconds(1e-9), Milliseconds{1});
  const auto longest = to_milliseconds(std::numeric_limits<double>::max());
  EXPECT_EQ(longest, to_milliseconds(1e12));
  EXPECT_GT(longest, std::chrono::years{9998});
  EXPECT_LT(longest, std::chrono::years{10'000});
}

TEST(Values, TextsUpToTheirBytes) {
  const auto as_text = [](std::string_view json, std::string& to) {
    JsonScanner in{json};
    const bool good = read_text(in, 5, to);
    EXPECT_TRUE(in.finished()) << json;
    return good;
  };
  std::string to = "old";
  EXPECT_FALSE(as_text(R"("123456")", to));
  EXPECT_FALSE(as_text("12345", to));
  EXPECT_FALSE(as_text("[\"1\"]", to));
  EXPECT_EQ(to, "old");
  EXPECT_TRUE(as_text(R"("12345")", to));
  EXPECT_EQ(to, "12345");
  EXPECT_TRUE(as_text(R"("\u00e9a\n")", to));
  EXPECT_EQ(to, "éa\n");
}

TEST(Values, MeasuresMayBeNullAndMagnitudesNotNegative) {
  std::optional<double> measure = 7;
  const auto reads = [&measure](auto read, std::string_view json) {
    JsonScanner in{json};
    const bool good = read(in, measure);
    EXPECT_TRUE(in.finished()) << json;
    return good;
  };
  EXPECT_TRUE(reads(read_measure, "null"));
  EXPECT_EQ(measure, std::nullopt);
  EXPECT_TRUE(reads(read_measure, "-4"));
  EXPECT_EQ(measure, -4);
  EXPECT_TRUE(reads(read_magnitude, "-4"));
  EXPECT_EQ(measure, std::nullopt);
  EXPECT_TRUE(reads(read_magnitude, "0"));
  EXPECT_EQ(measure, 0);
  EXPECT_FALSE(reads(read_measure, "true"));
  EXPECT_FALSE(reads(read_magnitude, R"("1")"));
}

TEST(Values, ControlCharactersOfC0DelAndC1) {
  // With up to eight bytes before and behind them.
  for (const std::string around : {"", "a", "1234567", "12345678", "123456789", "上海123"}) {
    const auto has = [&around](std::string_view text) {
      return has_control_characters(around + std::string{text} + around);
    };
    EXPECT_FALSE(has("rider-17 ~ \u00A0 上海 \U0001F695"));
    EXPECT_FALSE(has("\u0400\u00C2")) << "D0 80 C3 82: their bytes, but none of them";
    EXPECT_TRUE(has(std::string_view{"a\0b", 3}));
    EXPECT_TRUE(has("a\x1f"));
    EXPECT_TRUE(has("\x7f"));
    EXPECT_TRUE(has("\u0080"));
    EXPECT_TRUE(has("a\u009F"));
  }
  EXPECT_FALSE(has_control_characters(""));
}

}  // namespace
}  // namespace geomatch::codec
