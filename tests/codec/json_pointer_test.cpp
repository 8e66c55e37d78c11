#include "../../src/codec/json_pointer.hpp"

#include <gtest/gtest.h>

namespace geomatch::codec {
namespace {

TEST(JsonPointer, OfTheRootIsEmpty) {
  EXPECT_EQ(json_pointer({}), "");
}

TEST(JsonPointer, NamesFollowSlashes) {
  EXPECT_EQ(json_pointer({"lat"}), "/lat");
  EXPECT_EQ(json_pointer({"where", "color", "2"}), "/where/color/2");
  EXPECT_EQ(json_pointer({"where", ""}), "/where/");
}

TEST(JsonPointer, TildesAndSlashesInNamesAreEscaped) {
  EXPECT_EQ(json_pointer({"a/b", "m~n"}), "/a~1b/m~0n");
  EXPECT_EQ(json_pointer({"~1"}), "/~01");
}

}  // namespace
}  // namespace geomatch::codec
