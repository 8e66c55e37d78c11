#include <gtest/gtest.h>

#include "decoding.hpp"
#include "random_post.hpp"
#include "random_source.hpp"
#include "records.hpp"

namespace geomatch::codec {
namespace {

constexpr int rounds = 2000;

TEST(RecordRoundTrip, ARecordTellsTheFixAndTheUuidOfItsPost) {
  RandomSource random;
  SCOPED_TRACE(random.rerun());
  RandomPost posts{random, decoding::received_at};
  for (int i = 0; i < rounds && !testing::Test::HasFailure(); ++i) {
    const auto post = posts.make();
    const auto json = encode_record(post);
    const auto record = decode_record(json);
    ASSERT_TRUE(record) << json;
    EXPECT_EQ(record->fix, post.fix) << json;
    EXPECT_EQ(record->uuid, post.uuid) << json;
  }
}

// A record's members are those of a post, so that a log can be posted again.
TEST(RecordRoundTrip, ARecordIsABodyThatMeansItsPost) {
  RandomSource random;
  SCOPED_TRACE(random.rerun());
  RandomPost posts{random, decoding::received_at};
  for (int i = 0; i < rounds && !testing::Test::HasFailure(); ++i) {
    const auto post = posts.make();
    const auto json = encode_record(post);
    const auto again = decoding::accepted(json);
    EXPECT_EQ(again.fix, post.fix) << json;
    EXPECT_EQ(again.uuid, post.uuid) << json;
    EXPECT_EQ(again.seek, post.seek) << json;
    EXPECT_EQ(again.radius_m, post.radius_m) << json;
    EXPECT_EQ(again.limit, post.limit) << json;
    EXPECT_EQ(again.max_age, post.max_age) << json;
    EXPECT_EQ(again.where, post.where) << json;
    EXPECT_EQ(encode_record(again), json);
  }
}

}  // namespace
}  // namespace geomatch::codec
