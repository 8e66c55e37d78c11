#include "../../src/codec/seen_names.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace geomatch::codec {
namespace {

TEST(SeenNames, CountsEachHoweverManyThereAre) {
  std::vector<std::string> names;
  for (int i = 0; i < 100; ++i) names.push_back("name " + std::to_string(i));
  SeenNames seen;
  for (std::size_t times = 0; times < 3; ++times) {
    for (const auto& name : names) EXPECT_EQ(seen.add(name), times) << name;
  }
  EXPECT_EQ(seen.add("name"), 0U);
  EXPECT_EQ(seen.add(""), 0U);
  EXPECT_EQ(seen.add(""), 1U);
}

}  // namespace
}  // namespace geomatch::codec
