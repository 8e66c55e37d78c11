#include "kafka/topic_limit.hpp"

#include <string>

#include <gtest/gtest.h>

namespace geomatch::publish {
namespace {

// As kafka.tools.DumpLogSegments shows them.
TEST(TopicLimitTest, KnowsTheSizeOfABatchOfOne) {
  EXPECT_EQ(batch_bytes({.key = "", .value = std::nullopt, .received_at = {}}), 68U);
  EXPECT_EQ(batch_bytes({.key = "a", .value = "b", .received_at = {}}), 70U);
  EXPECT_EQ(batch_bytes({.key = "a", .value = std::string(1'000, 'x'), .received_at = {}}), 1'071U);
}

}  // namespace
}  // namespace geomatch::publish
