#include "../../src/codec/member_table.hpp"

#include <array>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace geomatch::codec {
namespace {

constexpr std::array some_rules{MemberRule{"a"}, MemberRule{"ab"}, MemberRule{"abcdefgh"},
                                MemberRule{"abcdefgi"}};
constexpr std::array other_rules{MemberRule{"abcdefghi"}, MemberRule{"abcdefgh12345678"}, MemberRule{"zz"}};
constexpr MemberTable table_of_seven{some_rules, other_rules};

TEST(MemberTable, FindsEachNameAndNoOther) {
  for (std::size_t number = 0; const auto& rule : table_of_seven.rules()) {
    const std::string name{rule.name};
    EXPECT_EQ(table_of_seven.find(name), number++);
    for (const auto& other :
         {name + "x", "x" + name, name.substr(1), name + '\0', std::string{"b"}, std::string{}}) {
      EXPECT_EQ(table_of_seven.find(other), MemberTable::none) << other;
    }
    for (std::size_t at = 0; at < name.size(); ++at) {
      auto other = name;
      other[at] ^= 0x20;
      EXPECT_EQ(table_of_seven.find(other), MemberTable::none) << other;
    }
  }
  EXPECT_EQ(table_of_seven.rules().size(), 7U);
}

TEST(ShortName, NamesAreEqualWhereTheirTextsAre) {
  const std::string_view letters = "abcdefghijklmnop";
  for (std::size_t bytes = 0; bytes <= letters.size(); ++bytes) {
    const std::string name{letters.substr(0, bytes)};
    EXPECT_EQ(ShortName::of(name), ShortName::of(letters.substr(0, bytes)));
    EXPECT_NE(ShortName::of(name), ShortName::of(letters.substr(0, bytes == 0 ? 1 : bytes - 1)));
    for (std::size_t at = 0; at < bytes; ++at) {
      auto other = name;
      other[at] = '\0';
      EXPECT_NE(ShortName::of(name), ShortName::of(other)) << name << ' ' << at;
    }
  }
}

TEST(ShortName, IsTheSameAtCompileTime) {
  constexpr auto made = ShortName::of("received_at");
  const std::string name = "received_at";
  EXPECT_EQ(ShortName::of(name), made);
  constexpr auto short_one = ShortName::of("role!");
  const std::string other = "role!";
  EXPECT_EQ(ShortName::of(other), short_one);
}

}  // namespace
}  // namespace geomatch::codec
