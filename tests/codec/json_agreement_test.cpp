#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "decoding.hpp"
#include "random_post.hpp"
#include "random_source.hpp"
#include "records.hpp"

/// Whether a text is JSON: decode_post against the library's own verdict and a published test suite.
namespace geomatch::codec {
namespace {

namespace fs = std::filesystem;

bool passes_as_json(std::string_view body) {
  const auto result = decoding::decode(body);
  const auto* error = std::get_if<DecodeError>(&result);
  return error == nullptr || error->kind != DecodeError::Kind::not_json;
}

// The library takes a NUL byte for the end of the text, which it is not.
bool is_json(std::string_view text) {
  return text.find('\0') == std::string_view::npos && nlohmann::json::accept(text);
}

void mutate(std::string& text, RandomSource& random) {
  const auto at = random.below(text.size());
  switch (random.below(5)) {
    case 0:
      text[at] = static_cast<char>(random.below(256));
      break;
    case 1:
      text.erase(at, 1 + random.below(4));
      break;
    case 2:
      text.insert(at, random.one_of<std::string_view>({"{", "}", "[", "]", ",", ":", "\"", "\\u", "0", "-",
                                                       "e999", ".", "null", "\"lat\":1,", "\xef\xbb\xbf", " ",
                                                       "/*", "\\ud800"}));
      break;
    case 3:
      text.insert(at, std::string{text.substr(random.below(text.size()), random.below(20))});
      break;
    default:
      text.resize(at + 1);
      break;
  }
}

TEST(JsonAgreement, MutatedBodiesAreJsonWhereTheLibrarySaysSo) {
  RandomSource random;
  SCOPED_TRACE(random.rerun());
  RandomPost posts{random, decoding::received_at};
  int good = 0;
  constexpr int rounds = 5000;
  for (int i = 0; i < rounds; ++i) {
    auto body = encode_record(posts.make());
    for (auto left = 1 + random.below(3); left > 0 && !body.empty(); --left) {
      mutate(body, random);
    }
    ASSERT_EQ(passes_as_json(body), is_json(body)) << testing::PrintToString(body);
    good += is_json(body) ? 1 : 0;
    (void)decode_record(body);
  }
  EXPECT_GT(good, rounds / 20) << "hardly any is JSON: the mutations are too wild to tell anything";
  EXPECT_LT(good, rounds * 19 / 20) << "nearly all are JSON: the mutations are too tame to tell anything";
}

fs::path suite_folder() {
  const char* given = std::getenv("GEOMATCH_SHARED_DATA");
#ifdef GEOMATCH_SHARED_DATA
  const fs::path fallback = GEOMATCH_SHARED_DATA;
#else
  const fs::path fallback;
#endif
  return (given != nullptr ? fs::path{given} : fallback) / "jsontestsuite";
}

std::string content_of(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

TEST(JsonAgreement, JsonTestSuite) {
  const auto folder = suite_folder();
  if (!fs::is_directory(folder)) {
    GTEST_SKIP() << "no JSONTestSuite in " << folder << "; GEOMATCH_SHARED_DATA says where its folder lies";
  }
  int refused = 0;
  int accepted = 0;
  for (const auto& entry : fs::directory_iterator{folder}) {
    const auto name = entry.path().filename().string();
    const bool passes = passes_as_json(content_of(entry.path()));
    if (name.starts_with("n_")) {
      EXPECT_FALSE(passes) << name;
      ++refused;
    } else if (name.starts_with("y_")) {
      EXPECT_TRUE(passes) << name;
      ++accepted;
    }
  }
  EXPECT_GT(refused, 100);
  EXPECT_GT(accepted, 50);
}

}  // namespace
}  // namespace geomatch::codec
