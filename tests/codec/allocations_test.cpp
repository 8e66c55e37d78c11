#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <geomatch/codec/post_decoder.hpp>
#include <geomatch/codec/record.hpp>
#include <geomatch/codec/replies.hpp>

#include "decoding.hpp"
#include "support/shown_match.hpp"

#ifdef GEOMATCH_COUNTS_ALLOCATIONS
#include "bench/support/allocations.hpp"
#endif

namespace geomatch::codec {
namespace {

#ifdef GEOMATCH_COUNTS_ALLOCATIONS

constexpr std::string_view usual_body =
    R"({"id":"driver-12345","lat":31.2306412,"lon":121.4737123,"role":"driver","seek":"rider","accuracy":5,"limit":10})";

constexpr std::string_view full_body =
    R"({ "id":"driver-12345 of a company with a name", "lat":31.2306412e0, "lon":121.47371231234567890,)"
    R"("timestamp":"2024-01-01T00:00:00.25Z","uuid":"7c9e6679-7425-40de-944b-e07fc1f90ae7","accuracy":4.5,)"
    R"("altitude":12.25,"speed":8.5,"heading":271.5,"role":"driver","seek":"rider","radius_m":2500,"limit":10,)"
    R"("max_age_s":60,"ttl_s":90,"attributes":{"seats":4,"pets":true,"colour of the roof":"red and white, mostly"},)"
    R"("where":{"party":{"max":4},"pets":false,"payment":["cash","card with a chip or without"]},)"
    R"("unknown":{"values":[1,2.5,null,"上海"]}})";

// How many allocations a second time takes, once all has grown as large as it gets.
template <class Once>
std::uint64_t second_time(const Once& once) {
  once();
  const auto before = bench::allocations();
  once();
  return bench::allocations() - before;
}

Post post_of(std::string_view body) {
  Post post;
  EXPECT_FALSE(decode_post(body, decoding::received_at, {}, post));
  return post;
}

TEST(Allocations, AreCounted) {
  EXPECT_GT(second_time([] { std::string(100, 'x'); }), 0U);
}

TEST(Allocations, NoneToDecodeIntoAUsedPost) {
  const auto with_attributes = decoding::body_with(R"("limit":10,"attributes":{"seats":4,"color":"red"})");
  const std::vector<std::vector<std::string_view>> series{
      {usual_body}, {full_body}, {usual_body, with_attributes, usual_body, with_attributes}};
  for (const auto& bodies : series) {
    Post post;
    EXPECT_EQ(second_time([&] {
                for (const auto body : bodies) {
                  ASSERT_FALSE(decode_post(body, decoding::received_at, {}, post));
                  ASSERT_EQ(post.limit, 10);
                }
              }),
              0U)
        << bodies.back();
  }
}

TEST(Allocations, NoneToWriteAndReadARecord) {
  for (const auto body : {usual_body, full_body}) {
    const auto post = post_of(body);
    std::string json;
    Record record;
    EXPECT_EQ(second_time([&] {
                json.clear();
                append_record(json, post);
                ASSERT_TRUE(decode_record(json, record));
              }),
              0U);
  }
}

TEST(Allocations, NoneToWriteAnAnswer) {
  const test::ShownMatch match{post_of(full_body).fix, 212.4, 87.1};
  std::string matches;
  std::string reply;
  EXPECT_EQ(second_time([&] {
              matches.clear();
              reply.clear();
              append_matches(matches, decoding::received_at, [&](model::MatchVisitor visit) {
                for (int i = 0; i < 10; ++i) visit(match.view());
              });
              append_match_reply(reply, "rider-17", "accepted", matches);
            }),
            0U);
  EXPECT_GT(reply.size(), 2000U);
}

#else

TEST(Allocations, AreCounted) {
  GTEST_SKIP() << "a sanitizer has its own allocator: they are counted without it";
}

#endif

}  // namespace
}  // namespace geomatch::codec
