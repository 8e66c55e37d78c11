#include "../../src/codec/text_scanner.hpp"

#include <string>

#include <gtest/gtest.h>

namespace geomatch::codec {
namespace {

TEST(TextScanner, TakesTextFromLeftToRight) {
  TextScanner in{"042x"};
  EXPECT_EQ(in.digits(3), 42);
  EXPECT_FALSE(in.finished());
  EXPECT_TRUE(in.next_is("xy"));
  EXPECT_EQ(in.one_of("xy"), 'x');
  EXPECT_TRUE(in.finished());
}

TEST(TextScanner, FailsForGood) {
  TextScanner in{"1a2"};
  EXPECT_EQ(in.digits(2), 0);
  EXPECT_EQ(in.digits(1), 0);
  EXPECT_FALSE(in.finished());
}

TEST(TextScanner, TextThatEndsTooEarlyFails) {
  TextScanner in{"12"};
  EXPECT_EQ(in.digits(3), 0);
  EXPECT_FALSE(in.next_is("0123456789"));
  EXPECT_FALSE(in.finished());
}

TEST(TextScanner, DigitsAreThoseOfAsciiAndNoOthers) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text(1, static_cast<char>(byte));
    TextScanner in{text};
    const int digit = in.digits(1);
    EXPECT_EQ(in.finished(), byte >= '0' && byte <= '9') << byte;
    EXPECT_EQ(digit, in.finished() ? byte - '0' : 0) << byte;
  }
}

}  // namespace
}  // namespace geomatch::codec
