#include "kafka/breaker.hpp"

#include <gtest/gtest.h>

namespace geomatch::publish {
namespace {

using namespace std::chrono_literals;

class KafkaBreakerTest : public testing::Test {
 protected:
  KafkaBreakerTest() { breaker_.note_delivery(begin_); }

  KafkaBreaker breaker_{2s};
  const KafkaBreaker::Clock::time_point begin_{1h};
};

TEST_F(KafkaBreakerTest, OpensWhenNothingIsDeliveredForAWhileThoughThereIsSomething) {
  breaker_.look(begin_ + 1'999ms, 1);
  EXPECT_FALSE(breaker_.open());
  EXPECT_EQ(breaker_.reason(), "");
  breaker_.look(begin_ + 2s, 1);
  EXPECT_TRUE(breaker_.open());
  EXPECT_EQ(breaker_.reason(), "Kafka has taken no record for 2000 ms");
}

TEST_F(KafkaBreakerTest, StaysClosedWhileOthersAreDelivered) {
  for (int i = 0; i < 100; ++i) {
    breaker_.note_delivery(begin_ + i * 1s);
    breaker_.look(begin_ + i * 1s + 999ms, 5);
  }
  EXPECT_FALSE(breaker_.open());
}

TEST_F(KafkaBreakerTest, AnIdleWhileIsNoReason) {
  breaker_.look(begin_ + 1h, 0);
  breaker_.look(begin_ + 1h + 1s, 1);
  EXPECT_FALSE(breaker_.open());
}

TEST_F(KafkaBreakerTest, ClosesWithTheNextDelivery) {
  breaker_.look(begin_ + 5s, 1);
  ASSERT_TRUE(breaker_.open());
  breaker_.look(begin_ + 10s, 1);
  ASSERT_TRUE(breaker_.open());
  breaker_.note_delivery(begin_ + 11s);
  EXPECT_FALSE(breaker_.open());
  EXPECT_EQ(breaker_.reason(), "");
}

TEST_F(KafkaBreakerTest, ClosesWhenNothingIsLeftThatCouldFindOut) {
  breaker_.look(begin_ + 5s, 1);
  ASSERT_TRUE(breaker_.open());
  breaker_.look(begin_ + 6s, 0);
  EXPECT_FALSE(breaker_.open());
}

}  // namespace
}  // namespace geomatch::publish
