#include <algorithm>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <geomatch/publish/kafka_merge.hpp>
#include <geomatch/publish/kafka_publisher.hpp>
#include <geomatch/publish/kafka_reader.hpp>
#include <geomatch/publish/resend_window.hpp>

#include "publish/kafka/mock_kafka.hpp"
#include "publish/kafka/real_kafka.hpp"
#include "publish/recorded_publication.hpp"

namespace geomatch::publish {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr model::TimePoint start{1'700'000'000'000ms};
constexpr model::TimePoint ever{0ms};

using ByKey = std::map<std::string, std::vector<Record>>;

ByKey replay(const KafkaSettings& settings, model::TimePoint since) {
  ByKey records;
  KafkaReader reader{settings, std::make_shared<KafkaMerge>()};
  EXPECT_TRUE(reader.replay(since, [&](const Record& record) { records[record.key].push_back(record); }));
  return records;
}

// `number` records of `id`, a second apart; every tenth a tombstone.
std::vector<Record> history(const std::string& id, int number) {
  std::vector<Record> made;
  for (int i = 0; i < number; ++i) {
    Record& record = made.emplace_back();
    record.key = id;
    if (i % 10 != 9) record.value = R"({"id":")" + id + R"(","n":)" + std::to_string(i) + "}";
    record.received_at = start + i * 1s;
  }
  return made;
}

// Publishes each of `histories` from a thread of its own, and waits until the log has them all.
void publish(const KafkaSettings& settings, const std::vector<std::vector<Record>>& histories) {
  ResendWindow resends{60s, 100};
  PublicationRecorder recorder;
  std::vector<std::deque<RecordedPublication>> made(histories.size());
  std::size_t total = 0;
  for (const auto& records : histories) total += records.size();
  KafkaPublisher publisher{settings, resends, std::make_shared<KafkaMerge>()};
  while (!publisher.unavailable_reason().empty()) std::this_thread::sleep_for(5ms);
  {
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < histories.size(); ++t) {
      threads.emplace_back([&, t] {
        for (const Record& record : histories[t]) {
          EXPECT_TRUE(publisher.publish(made[t].emplace_back(recorder, record)));
        }
      });
    }
  }
  ASSERT_TRUE(recorder.await_completed(total));
  EXPECT_EQ(recorder.count(Outcome::published), total);
}

void expect_read_back_exactly(const KafkaSettings& settings, int threads, int records_each) {
  std::vector<std::vector<Record>> histories;
  ByKey expected;
  for (int t = 0; t < threads; ++t) {
    const std::string id = "entity-" + std::to_string(t);
    expected[id] = histories.emplace_back(history(id, records_each));
  }
  publish(settings, histories);
  EXPECT_EQ(replay(settings, ever), expected);
}

TEST(MockedKafkaReaderTest, ReadsBackExactlyWhatWasPublished) {
  const MockKafka kafka;
  expect_read_back_exactly(kafka.settings("read-back"), 4, 250);
}

TEST(MockedKafkaReaderTest, PassesOverPropertiesOfProducers) {
  const MockKafka kafka;
  KafkaSettings settings = kafka.settings("properties");
  settings.properties = {{"linger.ms", "5"}, {"compression.type", "lz4"}, {"enable.partition.eof", "false"}};
  expect_read_back_exactly(settings, 1, 10);
}

TEST(MockedKafkaReaderTest, AnEmptyTopicHasNothing) {
  MockKafka kafka;
  kafka.create("empty");
  EXPECT_THAT(replay(kafka.settings("empty"), ever), IsEmpty());
}

TEST(MockedKafkaReaderTest, AsksAgainWhileALeaderChanges) {
  MockKafka kafka;
  const KafkaSettings settings = kafka.settings("leaderless");
  publish(settings, {history("a", 20)});
  kafka.fail_next(MockKafka::list_offsets, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, 2);
  EXPECT_EQ(replay(settings, ever).at("a"), history("a", 20));
}

TEST(KafkaReaderTest, RefusesAnUnknownPropertyBeforeItReads) {
  KafkaSettings settings;
  settings.brokers = "127.0.0.1:1";
  settings.topic = "nowhere";
  settings.properties = {{"no.such.thing", "1"}};
  EXPECT_THROW((KafkaReader{settings, std::make_shared<KafkaMerge>()}), std::invalid_argument);
}

TEST(KafkaReaderTest, WaitsForBrokersAndSaysSoUntilItIsStopped) {
  KafkaSettings settings;
  settings.brokers = "127.0.0.1:1";
  settings.topic = "nowhere";
  KafkaReader reader{settings, std::make_shared<KafkaMerge>()};
  std::jthread stopper{[&] {
    while (reader.progress().find("check --publish and that the brokers run") == std::string::npos) {
      std::this_thread::sleep_for(5ms);
    }
    reader.stop();
  }};
  EXPECT_FALSE(reader.replay(ever, [](const Record&) { ADD_FAILURE() << "a record out of nowhere"; }));
  EXPECT_THAT(reader.progress(), StartsWith("cannot read the Kafka topic 'nowhere' at 127.0.0.1:1 yet: "));
}

TEST(RealKafkaReaderTest, ReadsBackExactlyWhatWasPublished) {
  GEOMATCH_SKIP_WITHOUT_REAL_KAFKA();
  expect_read_back_exactly(real_kafka_settings("read-back"), 4, 2'500);
}

TEST(RealKafkaReaderTest, BeginsAtTheGivenTime) {
  GEOMATCH_SKIP_WITHOUT_REAL_KAFKA();
  const KafkaSettings settings = real_kafka_settings("horizon");
  const auto records = history("a", 100);
  publish(settings, {records});
  EXPECT_EQ(replay(settings, start + 40s).at("a"), std::vector(records.begin() + 40, records.end()));
  EXPECT_EQ(replay(settings, start).at("a"), records);
  EXPECT_THAT(replay(settings, start + 100s), IsEmpty());
}

TEST(RealKafkaReaderTest, GivesAllThatIsRecentOfEachKey) {
  GEOMATCH_SKIP_WITHOUT_REAL_KAFKA();
  const KafkaSettings settings = real_kafka_settings("horizon-of-each");
  std::vector<std::vector<Record>> histories;
  for (int i = 0; i < 20; ++i) histories.push_back(history("entity-" + std::to_string(i), 100));
  publish(settings, histories);
  const ByKey late = replay(settings, start + 40s);
  for (const auto& records : histories) {
    // Some older ones may come with them: the keys of a partition are mixed.
    const auto& found = late.at(records.front().key);
    ASSERT_GE(found.size(), 60U);
    EXPECT_TRUE(std::equal(found.rbegin(), found.rend(), records.rbegin()));
  }
}

TEST(RealKafkaReaderTest, GivesAllThatIsRecentThoughClocksWentBack) {
  GEOMATCH_SKIP_WITHOUT_REAL_KAFKA();
  const KafkaSettings settings = real_kafka_settings("clock");
  auto records = history("a", 20);
  std::swap(records[5].received_at, records[15].received_at);
  publish(settings, {records});
  // From the first that is recent enough, and all behind it.
  EXPECT_EQ(replay(settings, start + 12s).at("a"), std::vector(records.begin() + 5, records.end()));
}

// What is logged while this lives.
class LoggedLines {
 public:
  LoggedLines() {
    spdlog::set_default_logger(std::make_shared<spdlog::logger>(
        "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(lines_, /*force_flush=*/true)));
  }
  ~LoggedLines() { spdlog::set_default_logger(before_); }

  [[nodiscard]] std::string text() const { return lines_.str(); }

 private:
  std::shared_ptr<spdlog::logger> before_ = spdlog::default_logger();
  std::ostringstream lines_;
};

TEST(RealKafkaReaderTest, SaysThatATopicHasLostItsStart) {
  GEOMATCH_SKIP_WITHOUT_REAL_KAFKA();
  const KafkaSettings settings = real_kafka_settings("lost-start");
  publish(settings, {history("a", 20)});
  {
    const LoggedLines whole;
    EXPECT_EQ(replay(settings, start).at("a").size(), 20U);
    EXPECT_THAT(whole.text(), Not(HasSubstr("has lost the start")));
  }
  delete_before(settings, 5);
  const LoggedLines lines;
  EXPECT_EQ(replay(settings, start).at("a").size(), 15U);
  EXPECT_THAT(lines.text(), HasSubstr("has lost the start of what is to be recovered, in 1 of "));
}

TEST(RealKafkaReaderTest, CreatesATopicThatIsMissing) {
  GEOMATCH_SKIP_WITHOUT_REAL_KAFKA();
  const KafkaSettings settings = real_kafka_settings("created");
  EXPECT_THAT(replay(settings, ever), IsEmpty());
  expect_read_back_exactly(settings, 2, 20);
}

TEST(RealKafkaReaderTest, EndsWhileOthersGoOnPublishing) {
  GEOMATCH_SKIP_WITHOUT_REAL_KAFKA();
  const KafkaSettings settings = real_kafka_settings("busy");
  publish(settings, {history("before", 100)});
  std::jthread others{[&](const std::stop_token& stop) {
    while (!stop.stop_requested()) publish(settings, {history("meanwhile", 100)});
  }};
  const ByKey records = replay(settings, ever);
  EXPECT_EQ(records.at("before"), history("before", 100));
}

}  // namespace
}  // namespace geomatch::publish
