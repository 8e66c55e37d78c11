#include "kafka/breaker.hpp"

#include <gtest/gtest.h>

namespace geomatch::publish {
namespace {

using namespace std::chrono_literals;

class KafkaBreakerTest : public testing::Test {
 protected:
  KafkaBreaker breaker_;
  const KafkaBreaker::Clock::time_point begin_{1h};
};

TEST_F(KafkaBreakerTest, OpensWhenARecordFailsAndNoneWasDeliveredForAMoment) {
  EXPECT_FALSE(breaker_.open());
  breaker_.note_delivery(begin_);
  breaker_.note_failure(begin_ + 999ms, "too early");
  EXPECT_FALSE(breaker_.open());
  EXPECT_EQ(breaker_.reason(), "");
  breaker_.note_failure(begin_ + 1s, "timed out");
  EXPECT_TRUE(breaker_.open());
  EXPECT_EQ(breaker_.reason(), "Kafka takes no record: timed out");
}

TEST_F(KafkaBreakerTest, StaysClosedWhileOthersAreDelivered) {
  for (int i = 0; i < 100; ++i) {
    breaker_.note_delivery(begin_ + i * 100ms);
    breaker_.note_failure(begin_ + i * 100ms + 50ms, "one partition has no leader");
  }
  EXPECT_FALSE(breaker_.open());
}

TEST_F(KafkaBreakerTest, ClosesWithTheNextDelivery) {
  breaker_.note_failure(begin_, "timed out");
  ASSERT_TRUE(breaker_.open());
  breaker_.note_delivery(begin_ + 10s);
  EXPECT_FALSE(breaker_.open());
  EXPECT_EQ(breaker_.reason(), "");
}

}  // namespace
}  // namespace geomatch::publish
