#include <string>

#include <gtest/gtest.h>

#include <geomatch/codec/entity_id.hpp>

namespace geomatch::codec {
namespace {

TEST(EntityId, TakesAnyTextOf1To128Bytes) {
  for (const char* id : {"a", "driver 3", "/%?#", "żółw", "司机", "🚕", "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_entity_id(id)) << id;
  }
  EXPECT_TRUE(is_entity_id(std::string(128, 'a')));
  EXPECT_FALSE(is_entity_id(std::string(129, 'a')));
  EXPECT_FALSE(is_entity_id(""));
}

TEST(EntityId, RefusesControlCharacters) {
  EXPECT_FALSE(is_entity_id(std::string("a\0b", 3)));
  for (const char* id : {"\n", "a\x1F", "\x7F", "\xC2\x80", "\xC2\x9F"}) EXPECT_FALSE(is_entity_id(id));
  EXPECT_TRUE(is_entity_id("\xC2\xA0"));
}

TEST(EntityId, RefusesWhatIsNotUtf8) {
  for (const char* id : {"\x80", "\xC0\xAF", "\xC1\x81", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                         "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\xC3", "a\xFF", "\xC3\x28"}) {
    EXPECT_FALSE(is_entity_id(id)) << id;
  }
}

}  // namespace
}  // namespace geomatch::codec
