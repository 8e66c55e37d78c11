#include <string>

#include <gtest/gtest.h>

#include <geomatch/model/packed_attributes.hpp>

namespace geomatch::model {
namespace {

std::string packed_bytes(const Attributes& attributes) {
  std::string bytes(PackedAttributes::bytes_for(attributes) + 1, '\x7F');
  PackedAttributes::pack(attributes, bytes.data());
  EXPECT_EQ(bytes.back(), '\x7F') << "more was written than bytes_for says";
  return bytes;
}

TEST(PackedAttributes, NoneTakeNoBytes) {
  EXPECT_EQ(PackedAttributes::bytes_for({}), 0U);
  const PackedAttributes none;
  EXPECT_TRUE(none.empty());
  EXPECT_TRUE(none.begin() == none.end());
}

TEST(PackedAttributes, ShowsThemInTheirOrder) {
  const std::string bytes = packed_bytes({{"seats", 4.5}, {"", true}, {"color", "red"}});
  const PackedAttributes packed{bytes.data(), 3};
  EXPECT_EQ(packed.size(), 3U);
  auto at = packed.begin();
  EXPECT_EQ(at->name, "seats");
  EXPECT_EQ(at->value, AttributeValueView{4.5});
  ++at;
  EXPECT_EQ(at->name, "");
  EXPECT_EQ(at->value, AttributeValueView{true});
  ++at;
  EXPECT_EQ(at->name, "color");
  EXPECT_EQ(at->value, AttributeValueView{std::string_view{"red"}});
  ++at;
  EXPECT_TRUE(at == packed.end());
}

TEST(PackedAttributes, CopyLeavesNothingOfWhatWasThere) {
  const Attributes given{{"a", "text"}, {"b", false}};
  const std::string bytes = packed_bytes(given);
  Attributes copy{{"x", 1.0}, {"y", "long enough to be on the heap"}, {"z", true}};
  PackedAttributes{bytes.data(), given.size()}.copy_to(copy);
  EXPECT_EQ(copy, given);
  PackedAttributes{}.copy_to(copy);
  EXPECT_EQ(copy, Attributes{});
}

}  // namespace
}  // namespace geomatch::model
