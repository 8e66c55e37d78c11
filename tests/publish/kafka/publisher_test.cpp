#include <atomic>
#include <chrono>
#include <deque>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <geomatch/publish/kafka_merge.hpp>
#include <geomatch/publish/kafka_publisher.hpp>
#include <geomatch/publish/resend_window.hpp>

#include "publish/kafka/mock_kafka.hpp"
#include "publish/kafka/real_kafka.hpp"
#include "publish/recorded_publication.hpp"

namespace geomatch::publish {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr model::TimePoint noon{1'700'000'000'000ms};

Record fix(const std::string& id, int number) {
  return {.key = id,
          .value = R"({"id":")" + id + R"(","n":)" + std::to_string(number) + "}",
          .received_at = noon};
}

Record tombstone(const std::string& id) {
  return {.key = id, .value = std::nullopt, .received_at = noon};
}

// Waits until a question about the publisher is answered with yes.
template <typename Question>
bool await(Question question, std::chrono::milliseconds patience = 20s) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!question()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(5ms);
  }
  return true;
}

bool await_available(const Publisher& publisher) {
  return await([&] { return publisher.unavailable_reason().empty(); });
}

// The records of each key, in their order.
std::map<std::string, std::vector<Record>> by_key(const std::vector<Record>& records) {
  std::map<std::string, std::vector<Record>> sorted;
  for (const Record& record : records) sorted[record.key].push_back(record);
  return sorted;
}

class KafkaPublisherTest : public ::testing::Test {
 protected:
  RecordedPublication& make(Record record) { return publications.emplace_back(recorder, std::move(record)); }

  void expect_each_settled_once() {
    for (const RecordedPublication& one : publications) {
      EXPECT_EQ(one.times_completed(), 1);
      EXPECT_EQ(one.times_published(), one.outcome() == Outcome::published ? 1 : 0);
    }
  }

  ResendWindow resends{60s, 10'000};
  std::shared_ptr<KafkaMerge> merge = std::make_shared<KafkaMerge>();
  PublicationRecorder recorder;
  std::deque<RecordedPublication> publications;
};

class MockedKafkaPublisherTest : public KafkaPublisherTest {
 protected:
  MockKafka kafka;
};

TEST_F(MockedKafkaPublisherTest, PublishesRecordsOfAKeyInOrder) {
  KafkaPublisher publisher{kafka.settings("ordered"), resends, merge};
  std::vector<Record> accepted;
  for (int i = 0; i < 2'000; ++i) {
    accepted.push_back(i % 50 == 49 ? tombstone("id-" + std::to_string(i % 7))
                                    : fix("id-" + std::to_string(i % 7), i));
    ASSERT_TRUE(publisher.publish(make(accepted.back())));
  }
  ASSERT_TRUE(recorder.await_completed(accepted.size()));
  EXPECT_EQ(recorder.count(Outcome::published), accepted.size());
  EXPECT_EQ(by_key(recorder.published()), by_key(accepted));
  EXPECT_EQ(publisher.pending(), 0U);
  expect_each_settled_once();
}

TEST_F(MockedKafkaPublisherTest, KeepsOrderThroughRetries) {
  KafkaPublisher publisher{kafka.settings("retried"), resends, merge};
  ASSERT_TRUE(await_available(publisher));
  kafka.fail_next(MockKafka::produce, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, 3);
  std::vector<Record> accepted;
  for (int i = 0; i < 500; ++i) {
    accepted.push_back(fix("id-" + std::to_string(i % 3), i));
    ASSERT_TRUE(publisher.publish(make(accepted.back())));
  }
  ASSERT_TRUE(recorder.await_completed(accepted.size()));
  EXPECT_EQ(recorder.count(Outcome::published), accepted.size());
  EXPECT_EQ(by_key(recorder.published()), by_key(accepted));
}

TEST_F(MockedKafkaPublisherTest, RefusesWhenTheQueueIsFull) {
  kafka.go_down();
  KafkaSettings settings = kafka.settings("full");
  settings.queue_capacity = 10;
  settings.delivery_timeout = 60s;
  KafkaPublisher publisher{settings, resends, merge};
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(publisher.publish(make(fix("a", i))));
  RecordedPublication refused{recorder, fix("a", 10)};
  EXPECT_FALSE(publisher.publish(refused));
  EXPECT_EQ(publisher.pending(), 10U);
  publisher.stop(0ms);
  ASSERT_TRUE(recorder.await_completed(10));
  EXPECT_EQ(recorder.count(Outcome::not_published), 10U);
  EXPECT_EQ(refused.times_completed(), 0);
  EXPECT_EQ(publisher.pending(), 0U);
}

TEST_F(MockedKafkaPublisherTest, WhatWasNeverSentIsNotPublished) {
  KafkaPublisher publisher{kafka.settings("unsent"), resends, merge};
  ASSERT_TRUE(publisher.publish(make(fix("a", 1))));
  ASSERT_TRUE(recorder.await_completed(1));
  kafka.go_down();
  ASSERT_TRUE(publisher.publish(make(fix("a", 2))));
  publisher.stop(0ms);
  ASSERT_TRUE(recorder.await_completed(2));
  EXPECT_EQ(recorder.count(Outcome::published), 1U);
  EXPECT_EQ(recorder.count(Outcome::not_published), 1U);
  expect_each_settled_once();
}

// However long it takes: librdkafka would log some twice that come after one it gave up.
TEST_F(MockedKafkaPublisherTest, NoRecordIsGivenUp) {
  KafkaPublisher publisher{kafka.settings("unanswered"), resends, merge};
  ASSERT_TRUE(publisher.publish(make(fix("a", 1))));
  ASSERT_TRUE(recorder.await_completed(1));
  ASSERT_TRUE(await_available(publisher));
  kafka.delay_answers(60s);  // never, as far as librdkafka will wait
  ASSERT_TRUE(publisher.publish(make(fix("a", 2))));
  ASSERT_TRUE(await([&] { return !publisher.unavailable_reason().empty(); }));
  EXPECT_THAT(publisher.unavailable_reason(), HasSubstr("taken no record for 1500 ms"));
  RecordedPublication refused{recorder, fix("a", 3)};
  EXPECT_FALSE(publisher.publish(refused));
  kafka.delay_answers(0ms);
  ASSERT_TRUE(recorder.await_completed(2));
  EXPECT_EQ(recorder.count(Outcome::published), 2U);
  ASSERT_TRUE(await_available(publisher));
  ASSERT_TRUE(publisher.publish(make(fix("a", 4))));
  ASSERT_TRUE(recorder.await_completed(3));
  expect_each_settled_once();
}

TEST_F(MockedKafkaPublisherTest, StopLeavesWhatIsInFlightUnknown) {
  KafkaPublisher publisher{kafka.settings("stopped"), resends, merge};
  ASSERT_TRUE(publisher.publish(make(fix("a", 1))));
  ASSERT_TRUE(recorder.await_completed(1));
  kafka.delay_next(MockKafka::produce, 30s);
  ASSERT_TRUE(publisher.publish(make(fix("a", 2))));
  ASSERT_TRUE(await([&] { return kafka.failures_to_come(MockKafka::produce) == 0; })) << "it is under way";
  for (int i = 3; i < 20; ++i) ASSERT_TRUE(publisher.publish(make(fix("a", i))));
  publisher.stop(300ms);
  EXPECT_EQ(publisher.pending(), 0U);
  ASSERT_TRUE(recorder.await_completed(19));
  EXPECT_EQ(publications[1].outcome(), Outcome::unknown);
  expect_each_settled_once();
}

TEST_F(MockedKafkaPublisherTest, StopWaitsForWhatIsInFlight) {
  KafkaPublisher publisher{kafka.settings("flushed"), resends, merge};
  ASSERT_TRUE(await_available(publisher));
  kafka.delay_answers(200ms);
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(publisher.publish(make(fix("a", i))));
  publisher.stop(10s);
  ASSERT_TRUE(recorder.await_completed(100));
  EXPECT_EQ(recorder.count(Outcome::published), 100U);
  EXPECT_FALSE(publisher.publish(make(fix("a", 100))));
}

TEST_F(MockedKafkaPublisherTest, StopSettlesAllThatOtherThreadsHadAccepted) {
  KafkaPublisher publisher{kafka.settings("raced"), resends, merge};
  ASSERT_TRUE(await_available(publisher));
  constexpr int thread_count = 4;
  std::vector<std::deque<RecordedPublication>> made(thread_count);
  std::atomic<std::size_t> accepted{0};
  std::vector<std::jthread> threads;
  for (int t = 0; t < thread_count; ++t) {
    threads.emplace_back([&, t] {
      auto& mine = made[static_cast<std::size_t>(t)];
      for (int i = 0; i < 100'000; ++i) {
        mine.emplace_back(recorder, fix("id-" + std::to_string(t), i));
        if (!publisher.publish(mine.back())) break;
        ++accepted;
      }
    });
  }
  ASSERT_TRUE(await([&] { return accepted > 1'000; }));
  publisher.stop(20ms);
  threads.clear();
  EXPECT_EQ(publisher.pending(), 0U);
  ASSERT_TRUE(recorder.await_completed(accepted));
  EXPECT_EQ(recorder.completed().size(), accepted);
}

TEST_F(MockedKafkaPublisherTest, TellsWhetherKafkaAnswers) {
  KafkaPublisher publisher{kafka.settings("told"), resends, merge};
  ASSERT_TRUE(await_available(publisher));
  kafka.go_down();
  ASSERT_TRUE(await([&] { return !publisher.unavailable_reason().empty(); }));
  EXPECT_THAT(publisher.unavailable_reason(), HasSubstr("doesn't answer"));
  kafka.come_up();
  ASSERT_TRUE(await_available(publisher));
  ASSERT_TRUE(publisher.publish(make(fix("a", 1))));
  ASSERT_TRUE(recorder.await_completed(1));
  EXPECT_EQ(recorder.count(Outcome::published), 1U);
}

TEST_F(MockedKafkaPublisherTest, DeliversWhatWasAcceptedWhileKafkaWasDown) {
  kafka.go_down();
  KafkaSettings settings = kafka.settings("recovered");
  settings.delivery_timeout = 20s;
  KafkaPublisher publisher{settings, resends, merge};
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(publisher.publish(make(fix("a", i))));
  kafka.come_up();
  ASSERT_TRUE(recorder.await_completed(10));
  EXPECT_EQ(recorder.count(Outcome::published), 10U);
}

TEST_F(MockedKafkaPublisherTest, IsNotAvailableWhenKafkaNeverAnswered) {
  kafka.go_down();
  const KafkaPublisher publisher{kafka.settings("never"), resends, merge};
  EXPECT_THAT(publisher.unavailable_reason(), HasSubstr("hasn't answered yet"));
  ASSERT_TRUE(
      await([&] { return publisher.unavailable_reason().find("doesn't answer") != std::string::npos; }));
}

// A fatal error lasts for a moment in which a test may not be looking; what came before it may be lost.
TEST_F(MockedKafkaPublisherTest, MakesANewProducerAfterAFatalError) {
  kafka.fail_next(MockKafka::init_producer_id, RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED);
  KafkaPublisher publisher{kafka.settings("fatal"), resends, merge};
  ASSERT_TRUE(await([&] { return kafka.failures_to_come(MockKafka::init_producer_id) == 0; }));
  std::size_t accepted = 0;
  ASSERT_TRUE(await([&] {
    RecordedPublication& one = make(fix("a", static_cast<int>(accepted)));
    if (!publisher.publish(one)) return false;
    return recorder.await_completed(++accepted) && one.outcome() == Outcome::published;
  }));
  EXPECT_EQ(publisher.pending(), 0U);
}

TEST_F(MockedKafkaPublisherTest, RefusesAtOnceWhileThereAreTooFewReplicas) {
  KafkaPublisher publisher{kafka.settings("replicas"), resends, merge};
  ASSERT_TRUE(await_available(publisher));
  kafka.fail_next(MockKafka::produce, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, 30);
  ASSERT_TRUE(publisher.publish(make(fix("a", 1))));
  ASSERT_TRUE(await([&] { return !publisher.unavailable_reason().empty(); }));
  RecordedPublication refused{recorder, fix("a", 2)};
  EXPECT_FALSE(publisher.publish(refused));
  ASSERT_TRUE(await_available(publisher));
  ASSERT_TRUE(publisher.publish(make(fix("a", 3))));
  ASSERT_TRUE(recorder.await_completed(2));
  EXPECT_EQ(recorder.count(Outcome::published), 2U);
  expect_each_settled_once();
}

TEST_F(MockedKafkaPublisherTest, WhatABrokerRefusesIsNotPublished) {
  KafkaPublisher publisher{kafka.settings("refused"), resends, merge};
  ASSERT_TRUE(await_available(publisher));
  kafka.fail_next(MockKafka::produce, RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE);
  ASSERT_TRUE(publisher.publish(make(fix("a", 1))));
  ASSERT_TRUE(recorder.await_completed(1));
  EXPECT_EQ(recorder.count(Outcome::not_published), 1U);
}

// The mock doesn't tell a topic's limit: batches get smaller, until a record was surely alone in its own.
TEST_F(MockedKafkaPublisherTest, WhatABrokerRefusesAloneIsTooLarge) {
  KafkaSettings settings = kafka.settings("too-large");
  settings.properties = {{"batch.size", "200"}};
  KafkaPublisher publisher{settings, resends, merge};
  ASSERT_TRUE(await_available(publisher));
  std::size_t accepted = 0;
  const auto publish_one = [&] {
    RecordedPublication& one = make(fix("a", 0));  // 86 bytes with its batch
    EXPECT_TRUE(await([&] { return publisher.publish(one); }));
    EXPECT_TRUE(recorder.await_completed(++accepted));
    return one.outcome();
  };
  Outcome outcome = Outcome::not_published;
  for (int tries = 0; outcome == Outcome::not_published && tries < 30; ++tries) {
    kafka.fail_next(MockKafka::produce, RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE);
    outcome = publish_one();
    EXPECT_TRUE(tries != 0 || outcome == Outcome::not_published) << "it might have had neighbours";
  }
  EXPECT_EQ(outcome, Outcome::too_large);
  EXPECT_EQ(publish_one(), Outcome::published);
  expect_each_settled_once();
}

// After it nothing is pending that would find out that writing is allowed again.
TEST_F(MockedKafkaPublisherTest, IsNotAvailableWhileWritingIsDenied) {
  KafkaPublisher publisher{kafka.settings("denied"), resends, merge};
  ASSERT_TRUE(await_available(publisher));
  kafka.fail_next(MockKafka::produce, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, 3);
  ASSERT_TRUE(publisher.publish(make(fix("a", 1))));
  ASSERT_TRUE(recorder.await_completed(1));
  EXPECT_EQ(recorder.count(Outcome::not_published), 1U);
  EXPECT_THAT(publisher.unavailable_reason(), HasSubstr("Topic authorization failed"));
  RecordedPublication refused{recorder, fix("a", 2)};
  EXPECT_FALSE(publisher.publish(refused));
  ASSERT_TRUE(await_available(publisher));
  ASSERT_TRUE(publisher.publish(make(fix("a", 3))));
  ASSERT_TRUE(recorder.await_completed(2));
  EXPECT_EQ(recorder.count(Outcome::published), 1U);
}

// A broker that answers so has lost count: librdkafka begins a new epoch, or gives up for good.
TEST_F(MockedKafkaPublisherTest, GoesOnAfterOutOfOrderSequenceNumbers) {
  KafkaPublisher publisher{kafka.settings("sequence"), resends, merge};
  ASSERT_TRUE(await_available(publisher));
  std::size_t accepted = 0;
  const auto publish_until = [&](std::size_t count) {
    while (accepted < count) {
      RecordedPublication& one = make(fix("a", static_cast<int>(accepted)));
      if (publisher.publish(one)) {
        ++accepted;
      } else {
        publications.pop_back();
        std::this_thread::sleep_for(1ms);
      }
    }
  };
  publish_until(10);
  ASSERT_TRUE(recorder.await_completed(10));
  kafka.fail_next(MockKafka::produce, RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER);
  publish_until(60);
  ASSERT_TRUE(recorder.await_completed(60));
  ASSERT_TRUE(await_available(publisher));
  publish_until(70);
  ASSERT_TRUE(recorder.await_completed(70));
  EXPECT_EQ(recorder.completed().back().second, Outcome::published);
  expect_each_settled_once();
}

TEST_F(MockedKafkaPublisherTest, RefusesAtOnceWhileNoBrokerAnswers) {
  KafkaPublisher publisher{kafka.settings("gone"), resends, merge};
  ASSERT_TRUE(await_available(publisher));
  kafka.go_down();
  ASSERT_TRUE(await([&] { return !publisher.unavailable_reason().empty(); }));
  RecordedPublication refused{recorder, fix("a", 1)};
  EXPECT_FALSE(publisher.publish(refused));
  EXPECT_EQ(publisher.pending(), 0U);
}

TEST_F(KafkaPublisherTest, StopsAtOnceWithoutABroker) {
  KafkaSettings settings;
  settings.brokers = "127.0.0.1:1";
  settings.topic = "nowhere";
  KafkaPublisher publisher{settings, resends, merge};
  ASSERT_TRUE(publisher.publish(make(fix("a", 1))));
  const auto began = std::chrono::steady_clock::now();
  publisher.stop(0ms);
  EXPECT_LT(std::chrono::steady_clock::now() - began, 3s);
  ASSERT_TRUE(recorder.await_completed(1));
  EXPECT_EQ(recorder.count(Outcome::not_published), 1U);
}

TEST_F(KafkaPublisherTest, PublishesToARealKafka) {
  GEOMATCH_SKIP_WITHOUT_REAL_KAFKA();
  const KafkaSettings settings = real_kafka_settings("published");
  KafkaPublisher publisher{settings, resends, merge};
  ASSERT_TRUE(await_available(publisher));  // asking for the topic makes it
  std::vector<Record> accepted;
  for (int i = 0; i < 20'000; ++i) {
    accepted.push_back(fix("id-" + std::to_string(i % 100), i));
    ASSERT_TRUE(publisher.publish(make(accepted.back())));
  }
  ASSERT_TRUE(recorder.await_completed(accepted.size()));
  EXPECT_EQ(recorder.count(Outcome::published), accepted.size());
  EXPECT_EQ(by_key(recorder.published()), by_key(accepted));
  expect_each_settled_once();
}

}  // namespace
}  // namespace geomatch::publish
