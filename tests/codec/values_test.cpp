#include "../../src/codec/values.hpp"

#include <chrono>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

namespace geomatch::codec {
namespace {

using model::Milliseconds;

JsonValue number(double value) {
  return {JsonNumber{.value = value}};
}
JsonValue text(std::string value) {
  return {std::move(value)};
}

const JsonValue null{JsonValue::Null{}};
const JsonValue truth{true};

TEST(Values, NumbersWithinBothBounds) {
  EXPECT_EQ(as_number(number(-90), -90, 90), -90);
  EXPECT_EQ(as_number(number(90), -90, 90), 90);
  EXPECT_FALSE(as_number(number(std::nextafter(90, 91)), -90, 90));
  EXPECT_FALSE(as_number(number(std::nextafter(-90, -91)), -90, 90));
  EXPECT_FALSE(as_number(text("1")));
  EXPECT_FALSE(as_number(truth));
  EXPECT_FALSE(as_number(null));
}

TEST(Values, NumbersOverZero) {
  EXPECT_EQ(as_number_over_zero(number(5), 5), 5);
  EXPECT_EQ(as_number_over_zero(number(5e-324), 5), 5e-324);
  EXPECT_FALSE(as_number_over_zero(number(0), 5));
  EXPECT_FALSE(as_number_over_zero(number(-0.0), 5));
  EXPECT_FALSE(as_number_over_zero(number(5.1), 5));
}

TEST(Values, Integers) {
  EXPECT_EQ(as_integer(number(10.0), 0, 10), 10);
  EXPECT_EQ(as_integer(number(0), 0, 10), 0);
  EXPECT_FALSE(as_integer(number(9.5), 0, 10));
  EXPECT_FALSE(as_integer(number(11), 0, 10));
  EXPECT_FALSE(as_integer(number(-1), 0, 10));
  EXPECT_FALSE(as_integer(number(1e300), 0, 10));
}

TEST(Values, EpochTimesAreCutAndInRange) {
  EXPECT_EQ(as_epoch_time(number(1.9))->time_since_epoch(), Milliseconds{1});
  EXPECT_EQ(as_epoch_time(number(-1.9))->time_since_epoch(), Milliseconds{-1});
  EXPECT_EQ(as_epoch_time(number(253'402'300'799'999.5))->time_since_epoch(),
            Milliseconds{253'402'300'799'999});
  EXPECT_EQ(as_epoch_time(number(-62'135'596'800'000))->time_since_epoch(),
            Milliseconds{-62'135'596'800'000});
  EXPECT_FALSE(as_epoch_time(number(253'402'300'800'000)));
  EXPECT_FALSE(as_epoch_time(number(-62'135'596'800'001)));
  EXPECT_FALSE(as_epoch_time(number(1e300)));
  EXPECT_FALSE(as_epoch_time(text("0")));
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
  auto five = text("12345");
  EXPECT_EQ(take_text(five, 5), "12345");
  auto six = text("123456");
  EXPECT_FALSE(take_text(six, 5));
  auto no_text = number(1);
  EXPECT_FALSE(take_text(no_text, 5));
}

TEST(Values, TakenTextLeavesWhatWasThereWhenItIsRefused) {
  std::string to = "old";
  auto six = text("123456");
  EXPECT_FALSE(take_text_into(to, six, 5));
  EXPECT_EQ(to, "old");
  EXPECT_TRUE(take_text_into(to, six, 6));
  EXPECT_EQ(to, "123456");
}

TEST(Values, MeasuresMayBeNullAndMagnitudesNotNegative) {
  std::optional<double> measure = 7;
  EXPECT_TRUE(read_measure(null, measure));
  EXPECT_EQ(measure, std::nullopt);
  EXPECT_TRUE(read_measure(number(-4), measure));
  EXPECT_EQ(measure, -4);
  EXPECT_TRUE(read_magnitude(number(-4), measure));
  EXPECT_EQ(measure, std::nullopt);
  EXPECT_TRUE(read_magnitude(number(0), measure));
  EXPECT_EQ(measure, 0);
  EXPECT_FALSE(read_measure(truth, measure));
  EXPECT_FALSE(read_magnitude(text("1"), measure));
}

TEST(Values, ControlCharactersOfC0DelAndC1) {
  EXPECT_FALSE(has_control_characters(""));
  EXPECT_FALSE(has_control_characters("rider-17 ~ \u00A0 上海 \U0001F695"));
  EXPECT_FALSE(has_control_characters("\u0400\u00C2")) << "D0 80 C3 82: their bytes, but none of them";
  EXPECT_TRUE(has_control_characters(std::string_view{"a\0b", 3}));
  EXPECT_TRUE(has_control_characters("a\x1f"));
  EXPECT_TRUE(has_control_characters("\x7f"));
  EXPECT_TRUE(has_control_characters("\u0080"));
  EXPECT_TRUE(has_control_characters("a\u009F"));
}

}  // namespace
}  // namespace geomatch::codec
