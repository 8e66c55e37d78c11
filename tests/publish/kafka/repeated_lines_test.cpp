#include "kafka/repeated_lines.hpp"

#include <chrono>
#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace geomatch::publish {
namespace {

using namespace std::chrono_literals;

constexpr RepeatedLines::Clock::time_point start{1h};

TEST(RepeatedLinesTest, SaysTheSameOnceAMinuteAndHowOftenItWasHeldBack) {
  RepeatedLines lines;
  EXPECT_EQ(lines.admit("a", start), 0U);
  for (int i = 1; i < 60; ++i) EXPECT_EQ(lines.admit("a", start + i * 1s), std::nullopt);
  EXPECT_EQ(lines.admit("b", start + 30s), 0U);
  EXPECT_EQ(lines.admit("a", start + 60s), 59U);
  EXPECT_EQ(lines.admit("a", start + 61s), std::nullopt);
  EXPECT_EQ(lines.admit("a", start + 121s), 1U);
}

TEST(RepeatedLinesTest, ForgetsTheOldestOfTooMany) {
  RepeatedLines lines;
  for (std::size_t i = 0; i <= RepeatedLines::capacity; ++i) {
    EXPECT_EQ(lines.admit(std::to_string(i), start + static_cast<int>(i) * 1ms), 0U);
  }
  EXPECT_EQ(lines.admit("1", start + 1s), std::nullopt);
  EXPECT_EQ(lines.admit("0", start + 1s), 0U);
}

}  // namespace
}  // namespace geomatch::publish
