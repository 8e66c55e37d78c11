#include "../../src/codec/utf8.hpp"

#include <string>

#include <gtest/gtest.h>

namespace geomatch::codec {
namespace {

TEST(Utf8, EveryCharacterIsOneAndNothingElseIs) {
  for (char32_t character = 0; character <= 0x10FFFF; ++character) {
    std::string text;
    utf8::append(text, character);
    const bool surrogate = character >= 0xD800 && character < 0xE000;
    ASSERT_EQ(utf8::is_valid(text), !surrogate) << static_cast<unsigned>(character);
    if (!surrogate) {
      ASSERT_EQ(utf8::character_bytes(text + "x"), text.size());
    }
    if (!surrogate && text.size() > 1) {
      ASSERT_FALSE(utf8::is_valid(text.substr(0, text.size() - 1)));
      ASSERT_FALSE(utf8::is_valid(text.substr(1)));
    }
  }
}

TEST(Utf8, RepairsWhatIsNoCharacterAndNothingElse) {
  EXPECT_EQ(utf8::repaired(""), "");
  EXPECT_EQ(utf8::repaired("a\u00e9\U0001F600\u0001"), "a\u00e9\U0001F600\u0001");
  EXPECT_EQ(utf8::repaired("\xFF"), "\uFFFD");
  EXPECT_EQ(utf8::repaired("a\xC3(\xE2\x82"), "a\uFFFD(\uFFFD\uFFFD");
  EXPECT_EQ(utf8::repaired("\xED\xA0\x80z"), "\uFFFD\uFFFD\uFFFDz");
}

}  // namespace
}  // namespace geomatch::codec
