#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "decoding.hpp"
#include "random_body.hpp"
#include "random_post.hpp"
#include "random_source.hpp"
#include "records.hpp"
#include "reference_decoder.hpp"
#include "support/scale.hpp"
#include "support/shared_data.hpp"

/// decode_post against nlohmann's parser, and the rules read from its tree.
namespace geomatch::codec {
namespace {

namespace fs = std::filesystem;

bool same(const Post& a, const Post& b) {
  return a.fix == b.fix && a.uuid == b.uuid && a.seek == b.seek && a.radius_m == b.radius_m &&
         a.limit == b.limit && a.max_age == b.max_age && a.where == b.where &&
         encode_record(a) == encode_record(b);  // tells -0 from 0, and which defaults were given
}

enum class Verdict { not_json, not_a_location, post };

// The post is used again from body to body, as a server does.
class Agreement {
 public:
  Verdict check(std::string_view body) {
    const auto error = decode_post(body, decoding::received_at, limits_, post_);
    const auto root = reference::parse(body);
    if (!root) {
      EXPECT_TRUE(error && error->kind == DecodeError::Kind::not_json)
          << "only this decoder takes it for JSON";
      return Verdict::not_json;
    }
    reference::Decoder expected{decoding::received_at, limits_};
    expected.read(*root);
    if (!expected.errors.empty()) {
      EXPECT_TRUE(error) << "accepted, though " << testing::PrintToString(expected.errors);
      EXPECT_EQ(error.value_or(DecodeError{}).members, expected.errors);
      return Verdict::not_a_location;
    }
    EXPECT_FALSE(error) << (error ? error->detail + testing::PrintToString(error->members) : "");
    EXPECT_TRUE(error || same(post_, expected.post))
        << encode_record(post_) << " is not " << encode_record(expected.post);
    return Verdict::post;
  }

 private:
  DecodeLimits limits_{.max_attributes_bytes = 60};
  Post post_;
};

TEST(JsonAgreement, OnRandomBodies) {
  RandomSource random;
  SCOPED_TRACE(random.rerun());
  RandomBody bodies{random};
  Agreement agreement;
  std::array<std::size_t, 3> verdicts{};
  const auto rounds = test::scaled(200'000);
  for (std::size_t i = 0; i < rounds; ++i) {
    auto body = bodies.make();
    for (auto left = random.below(4) == 0 ? 1 + random.below(3) : 0; left > 0; --left) bodies.mutate(body);
    ++verdicts[static_cast<std::size_t>(agreement.check(body))];
    ASSERT_FALSE(testing::Test::HasFailure()) << testing::PrintToString(body);
  }
  for (const auto count : verdicts) EXPECT_GT(count, rounds / 20) << "too few of one kind to tell anything";
}

TEST(JsonAgreement, OnMutationsOfRandomPosts) {
  RandomSource random;
  SCOPED_TRACE(random.rerun());
  RandomPost posts{random, decoding::received_at};
  RandomBody bodies{random};
  Agreement agreement;
  for (std::size_t i = 0; i < test::scaled(10'000); ++i) {
    auto body = encode_record(posts.make());
    for (auto left = random.below(4); left > 0; --left) bodies.mutate(body);
    (void)agreement.check(body);
    ASSERT_FALSE(testing::Test::HasFailure()) << testing::PrintToString(body);
  }
}

TEST(JsonAgreement, OnNoBytesAtAll) {
  Agreement agreement;
  for (const auto nothing : {std::string_view{}, std::string_view{""}, std::string_view{"x", 0}}) {
    EXPECT_EQ(agreement.check(nothing), Verdict::not_json);
  }
}

TEST(JsonAgreement, OnBodiesCutShortAndChangedAtEveryByte) {
  Agreement agreement;
  const std::string body =
      R"({"id":"driver-\u00e9","lat":-31.25e0, "lon":121.4737123,"x":[{"y":[null,true]},"ä"],"attributes":{"a":1}})";
  ASSERT_EQ(agreement.check(body), Verdict::post);
  for (std::size_t at = 0; at < body.size(); ++at) {
    SCOPED_TRACE(body.substr(0, at));
    (void)agreement.check(body.substr(0, at));
    for (int byte = 0; byte < 256; ++byte) {
      auto changed = body;
      changed[at] = static_cast<char>(byte);
      (void)agreement.check(changed);
    }
  }
}

std::string content_of(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

// A text as the body, and as a value in each place that a value can have.
void check_everywhere(Agreement& agreement, const std::string& text) {
  (void)agreement.check(text);
  (void)agreement.check(decoding::body_with("\"unknown\":" + text));
  for (const std::string name : {"attributes", "where", "role", "limit", "accuracy", "timestamp"}) {
    (void)agreement.check(decoding::body_with('"' + name + "\":" + text));
    (void)agreement.check(decoding::body_with('"' + name + "\":{\"a\":" + text + "}"));
  }
  (void)agreement.check(decoding::body_with(R"("where":{"a":[1,)" + text + "]}"));
  (void)agreement.check(decoding::body_with(R"("where":{"a":{"min":)" + text + "}}"));
}

TEST(JsonAgreement, JsonTestSuite) {
  GEOMATCH_NEEDS_SHARED("jsontestsuite");
  Agreement agreement;
  int refused = 0;
  int accepted = 0;
  for (const auto& entry : fs::directory_iterator{test::shared_data() / "jsontestsuite"}) {
    const auto name = entry.path().filename().string();
    SCOPED_TRACE(name);
    const auto text = content_of(entry.path());
    check_everywhere(agreement, text);
    const bool passes = agreement.check(text) != Verdict::not_json;
    if (name.starts_with("n_")) {
      EXPECT_FALSE(passes);
      ++refused;
    } else if (name.starts_with("y_")) {
      EXPECT_TRUE(passes);
      ++accepted;
    }
  }
  EXPECT_GT(refused, 100);
  EXPECT_GT(accepted, 50);
}

}  // namespace
}  // namespace geomatch::codec
