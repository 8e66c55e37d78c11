#include "plain_members.hpp"

#include <string>
#include <variant>

#include <gtest/gtest.h>

#include "decoding.hpp"
#include "json_reader.hpp"
#include "random_post.hpp"
#include "random_source.hpp"
#include "records.hpp"
#include "support/scale.hpp"

namespace geomatch::codec {
namespace {

// What the tree makes of a record's text; nullopt where it finds something wrong.
std::optional<Draft> by_tree(std::string_view text) {
  auto json = read_json(text, [](std::string_view name) { return name == "attributes"; });
  auto* root = std::get_if<JsonValue>(&json);
  auto* object = root != nullptr ? std::get_if<JsonValue::Object>(&root->content) : nullptr;
  if (object == nullptr) return std::nullopt;
  Draft draft{.from_log = true};
  read_members(*object, {fix_members(), record_members()}, draft);
  return draft.errors.empty() ? std::optional{std::move(draft)} : std::nullopt;
}

std::optional<Draft> plainly(std::string_view text) {
  Draft draft{.from_log = true};
  return read_plain_members(text, {fix_members(), record_members()}, draft) ? std::optional{std::move(draft)}
                                                                            : std::nullopt;
}

// True if it was plain.
bool expect_agreement(const std::string& text) {
  const auto plain = plainly(text);
  if (!plain) return false;
  const auto tree = by_tree(text);
  EXPECT_TRUE(tree) << "only the plain reader takes " << text;
  if (!tree) return true;
  EXPECT_EQ(plain->post.fix, tree->post.fix) << text;
  EXPECT_EQ(plain->post.uuid, tree->post.uuid) << text;
  EXPECT_EQ(plain->lat_deg, tree->lat_deg) << text;
  EXPECT_EQ(plain->lon_deg, tree->lon_deg) << text;
  return true;
}

constexpr const char* usual =
    R"({"id":"driver-3","lat":31.2306412,"lon":-121.4759203,"timestamp":1700000000123,"received_at":1700000000456,)"
    R"("uuid":"5f0c","accuracy":4.5,"altitude":-3,"speed":0.25,"heading":360,"role":"driver","seek":"rider",)"
    R"("limit":0,"ttl_s":90.001,"attributes":{"seats":4,"pets":false,"note":"x"}})";

TEST(PlainMembers, TakesWhatTheWriterUsuallyWrites) {
  EXPECT_TRUE(expect_agreement(usual));
  EXPECT_TRUE(expect_agreement(R"({"id":"a","lat":0,"lon":0,"timestamp":3,"received_at":4})"));
  EXPECT_TRUE(
      expect_agreement(R"({"id":"a","lat":0,"lon":0,"timestamp":3,"received_at":4,"where":{"seats":4}})"));
}

TEST(PlainMembers, LeavesTheRestToTheTree) {
  for (const char* text : {
           "",
           "{}",
           "{",
           R"({"id":"a","lat":0,"lon":0,"timestamp":3,"received_at":4} )",
           R"({"id":"a", "lat":0,"lon":0,"timestamp":3,"received_at":4})",
           R"({"id":"\u0061","lat":0,"lon":0,"timestamp":3,"received_at":4})",
           R"({"id":"ä","lat":0,"lon":0,"timestamp":3,"received_at":4})",
           R"({"id":"a","lat":0,"lon":0,"timestamp":3,"received_at":4e0})",
           R"({"id":"a","lat":-0,"lon":0,"timestamp":3,"received_at":4})",
           R"({"id":"a","lat":01,"lon":0,"timestamp":3,"received_at":4})",
           R"({"id":"a","lat":.5,"lon":0,"timestamp":3,"received_at":4})",
           R"({"id":"a","lat":5.,"lon":0,"timestamp":3,"received_at":4})",
           R"({"id":"a","lat":0,"lon":0,"timestamp":3})",
           R"({"id":"a","lat":0,"lon":0,"timestamp":3,"received_at":1234567890123456})",
           R"({"id":"a","lat":0,"lon":0,"timestamp":3,"received_at":4,"id":"a"})",
           R"({"id":"a","lat":0,"lon":0,"timestamp":3,"received_at":4,"x":1,"x":1})",
           R"({"id":"a","lat":0,"lon":0,"timestamp":3,"received_at":4,"attributes":{"x":1,"x":1}})",
           R"({"id":"a","lat":0,"lon":0,"timestamp":3,"received_at":4,"attributes":{"x":{}}})",
           R"({"id":"a","lat":0,"lon":0,"timestamp":3,"received_at":4,"new":[1]})",
           R"({"id":"a","lat":0,"lon":0,"timestamp":3,"received_at":4,"role":null})",
           R"({"id":"a","lat":0,"lon":0,"timestamp":3,"received_at":4}})",
           R"({"id":"a","lat":0,"lon":0,"timestamp":3,"received_at":4,})",
       }) {
    EXPECT_FALSE(plainly(text)) << text;
  }
}

TEST(PlainMembers, AgreesWithTheTreeOnWhatTheWriterWrites) {
  RandomSource random;
  SCOPED_TRACE(random.rerun());
  RandomPost posts{random, decoding::received_at};
  for (std::size_t i = 0; i < test::scaled(4'000) && !testing::Test::HasFailure(); ++i) {
    expect_agreement(encode_record(posts.make()));
  }
}

TEST(PlainMembers, AgreesWithTheTreeOnMutations) {
  RandomSource random;
  SCOPED_TRACE(random.rerun());
  constexpr std::string_view alphabet = "{}[]\",:.-+eE0123456789tfnulrase \\\x01\x7f\xc3\xa4";
  std::size_t plain = 0;
  for (std::size_t i = 0; i < test::scaled(40'000) && !testing::Test::HasFailure(); ++i) {
    std::string text = usual;
    for (int edits = static_cast<int>(random.integer(1, 3)); edits > 0; --edits) {
      const auto at = static_cast<std::size_t>(random.integer(0, static_cast<std::int64_t>(text.size()) - 1));
      const char c = alphabet[static_cast<std::size_t>(
          random.integer(0, static_cast<std::int64_t>(alphabet.size()) - 1))];
      switch (random.integer(0, 2)) {
        case 0:
          text[at] = c;
          break;
        case 1:
          text.insert(at, 1, c);
          break;
        default:
          text.erase(at, 1);
      }
    }
    plain += expect_agreement(text) ? 1 : 0;
  }
  EXPECT_GT(plain, test::scaled(1'000));  // else this compares little
}

}  // namespace
}  // namespace geomatch::codec
