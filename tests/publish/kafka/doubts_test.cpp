#include "kafka/doubts.hpp"

#include <optional>

#include <gtest/gtest.h>

#include <geomatch/publish/kafka_merge.hpp>
#include <geomatch/publish/resend_window.hpp>
#include <geomatch/publish/settlement.hpp>

#include "kafka/producer.hpp"
#include "publish/kafka/mock_kafka.hpp"
#include "publish/recorded_publication.hpp"

namespace geomatch::publish {
namespace {

using namespace std::chrono_literals;
using Admission = ResendWindow::Admission;

class KafkaDoubtsTest : public testing::Test {
 protected:
  KafkaDoubtsTest() { kafka_.create("doubts"); }

  // A record of a's whose outcome stayed unknown.
  void leave_unknown() {
    ASSERT_EQ(resends_.admit(first_), Admission::fresh);
    Settlement settlement{resends_};
    settlement.settle(first_, Outcome::unknown);
    doubts_.add(first_, partition, now_);
  }

  Admission resend() {
    RecordedPublication again{recorder_, first_.record, "u1"};
    const Admission admission = resends_.admit(again);
    if (admission == Admission::fresh) static_cast<void>(resends_.settle(again, Outcome::not_published));
    return admission;
  }

  // The sentinel's offset once it is written.
  std::int64_t await_sentinel() {
    while (true) {
      const KafkaHandle<rd_kafka_event_t> event{rd_kafka_queue_poll(&producer_.events(), -1)};
      if (!event || rd_kafka_event_type(event.get()) != RD_KAFKA_EVENT_DR) continue;
      const rd_kafka_message_t* report = rd_kafka_event_message_next(event.get());
      EXPECT_EQ(report->_private, nullptr);
      EXPECT_EQ(report->err, RD_KAFKA_RESP_ERR_NO_ERROR);
      EXPECT_EQ(report->partition, partition);
      return report->offset;
    }
  }

  static constexpr std::int32_t partition = 2;

  MockKafka kafka_;
  ResendWindow resends_{60s, 100};
  KafkaMerge merge_;
  PublicationRecorder recorder_;
  RecordedPublication first_{recorder_, {.key = "a", .value = "{}"}, "u1"};
  KafkaProducer producer_{kafka_.settings("doubts")};
  KafkaDoubts doubts_{resends_, merge_, 10, 5s};
  KafkaDoubts::Clock::time_point now_{1h};
};

TEST_F(KafkaDoubtsTest, AreOverOnceTheReaderHasPassedTheSentinel) {
  leave_unknown();
  EXPECT_EQ(resend(), Admission::doubtful);
  doubts_.serve(producer_, now_ + 5s);
  const auto offset = await_sentinel();
  doubts_.note_sentinel(partition, offset, now_ + 5s);
  merge_.begin(partition, offset);
  doubts_.serve(producer_, now_ + 6s);
  EXPECT_EQ(resend(), Admission::doubtful);
  EXPECT_FALSE(doubts_.idle());
  merge_.begin(partition, offset + 1);
  doubts_.serve(producer_, now_ + 7s);
  EXPECT_EQ(resend(), Admission::fresh);
  EXPECT_TRUE(doubts_.idle());
}

TEST_F(KafkaDoubtsTest, WhatTheReaderFoundStaysFound) {
  leave_unknown();
  doubts_.serve(producer_, now_ + 5s);
  const auto offset = await_sentinel();
  doubts_.note_sentinel(partition, offset, now_ + 5s);
  resends_.remember("a", "u1", {});
  merge_.begin(partition, offset + 1);
  doubts_.serve(producer_, now_ + 6s);
  EXPECT_EQ(resend(), Admission::duplicate);
}

TEST_F(KafkaDoubtsTest, NoSentinelIsSentInQuarantine) {
  leave_unknown();
  doubts_.serve(producer_, now_ + 4'999ms);
  const KafkaHandle<rd_kafka_event_t> event{rd_kafka_queue_poll(&producer_.events(), 100)};
  EXPECT_NE(rd_kafka_event_type(event.get()), RD_KAFKA_EVENT_DR);
}

TEST_F(KafkaDoubtsTest, AFailedSentinelIsSentAgain) {
  leave_unknown();
  doubts_.serve(producer_, now_ + 5s);
  static_cast<void>(await_sentinel());
  doubts_.note_sentinel(partition, -1, now_ + 5s);
  doubts_.serve(producer_, now_ + 10s);
  const auto offset = await_sentinel();
  doubts_.note_sentinel(partition, offset, now_ + 10s);
  merge_.begin(partition, offset + 1);
  doubts_.serve(producer_, now_ + 10s);
  EXPECT_EQ(resend(), Admission::fresh);
}

TEST_F(KafkaDoubtsTest, ANewProducerSendsItsOwn) {
  leave_unknown();
  doubts_.serve(producer_, now_ + 5s);
  doubts_.note_new_producer();
  doubts_.note_sentinel(partition, await_sentinel(), now_ + 5s);  // the old one's, which counts for nothing
  EXPECT_FALSE(doubts_.idle());
  doubts_.serve(producer_, now_ + 5s);
  const auto offset = await_sentinel();
  doubts_.note_sentinel(partition, offset, now_ + 5s);
  merge_.begin(partition, offset + 1);
  doubts_.serve(producer_, now_ + 5s);
  EXPECT_EQ(resend(), Admission::fresh);
}

}  // namespace
}  // namespace geomatch::publish
