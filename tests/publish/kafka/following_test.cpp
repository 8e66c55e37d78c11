// A publisher and a reader of one topic, and others beside them.
#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <geomatch/publish/kafka_merge.hpp>
#include <geomatch/publish/kafka_publisher.hpp>
#include <geomatch/publish/kafka_reader.hpp>
#include <geomatch/publish/log.hpp>
#include <geomatch/publish/resend_window.hpp>

#include "publish/kafka/mock_kafka.hpp"
#include "publish/kafka/real_kafka.hpp"
#include "publish/recorded_publication.hpp"

namespace geomatch::publish {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

constexpr auto enough = 30s;

// What a reader gave, by key. Any thread.
class Seen {
 public:
  void add(const Record& record) {
    const std::lock_guard lock{mutex_};
    values_[record.key].push_back(record.value.value_or("deleted"));
  }
  [[nodiscard]] std::vector<std::string> of(const std::string& key) const {
    const std::lock_guard lock{mutex_};
    const auto found = values_.find(key);
    return found == values_.end() ? std::vector<std::string>{} : found->second;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::vector<std::string>> values_;
};

// An instance of the server, as far as the log goes. A record's value is its uuid.
class Instance {
 public:
  explicit Instance(const KafkaSettings& settings) : log_(make(settings)) {
    EXPECT_TRUE(log_.reader()->replay(model::TimePoint{}, [this](const Record& record) { note(record); }));
    log_.reader()->follow([this](const Record& record) { note(record); });
    EXPECT_TRUE(await([&] { return log_.publisher().unavailable_reason().empty(); }));
  }
  ~Instance() {
    log_.publisher().stop(0ms);
    log_.reader()->stop();
  }

  Submission submit(const std::string& id, const std::string& uuid) {
    Record record{.key = id, .value = uuid};
    return log_.submit(publications_.emplace_back(recorder_, std::move(record), uuid));
  }

  Outcome post(const std::string& id, const std::string& uuid) {
    submit(id, uuid);
    EXPECT_TRUE(recorder_.await_completed(publications_.size()));
    return publications_.back().outcome();
  }

  [[nodiscard]] bool await_seen(const std::string& id, std::size_t count) const {
    return await([&] { return seen.of(id).size() >= count; });
  }

  template <typename Question>
  [[nodiscard]] static bool await(Question question) {
    const auto end = std::chrono::steady_clock::now() + enough;
    while (!question()) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::sleep_for(2ms);
    }
    return true;
  }

  [[nodiscard]] LogReader& reader() { return *log_.reader(); }
  [[nodiscard]] PublicationRecorder& recorder() { return recorder_; }

  Seen seen;  // what the reader brought, and own reports didn't

 private:
  static Log make(const KafkaSettings& settings) {
    auto resends = std::make_unique<ResendWindow>(60s, 10'000);
    auto merge = std::make_shared<KafkaMerge>();
    auto publisher = std::make_unique<KafkaPublisher>(settings, *resends, merge);
    auto reader = std::make_unique<KafkaReader>(settings, std::move(merge));
    return Log{std::move(resends), std::move(publisher), std::move(reader)};
  }

  void note(const Record& record) {
    seen.add(record);
    if (record.value) log_.resends().remember(record.key, *record.value, record.received_at);
  }

  PublicationRecorder recorder_;
  std::deque<RecordedPublication> publications_;
  Log log_;
};

void expect_siblings_to_know_of_each_other(const KafkaSettings& settings) {
  Instance a{settings};
  Instance b{settings};
  EXPECT_EQ(a.post("x", "x1"), Outcome::published);
  EXPECT_EQ(b.post("y", "y1"), Outcome::published);
  EXPECT_EQ(a.post("x", "x2"), Outcome::published);
  EXPECT_TRUE(b.await_seen("x", 2));
  EXPECT_TRUE(a.await_seen("y", 1));
  EXPECT_THAT(b.seen.of("x"), ElementsAre("x1", "x2"));
  EXPECT_THAT(a.seen.of("y"), ElementsAre("y1"));
  EXPECT_THAT(b.seen.of("y"), testing::SizeIs(testing::Le(1)));  // 1 where the reader was faster
  EXPECT_EQ(b.post("x", "x1"), Outcome::duplicate);
  EXPECT_TRUE(Instance::await([&] { return a.reader().lag()->records == 0; }));
  EXPECT_EQ(a.reader().lag()->time, 0ms);
}

TEST(MockedFollowingTest, SiblingsKnowOfEachOther) {
  const MockKafka kafka;
  expect_siblings_to_know_of_each_other(kafka.settings("siblings"));
}

TEST(RealFollowingTest, SiblingsKnowOfEachOther) {
  GEOMATCH_SKIP_WITHOUT_REAL_KAFKA();
  expect_siblings_to_know_of_each_other(real_kafka_settings("siblings"));
}

// How often a topic holds each value.
std::map<std::string, int> contents(const KafkaSettings& settings) {
  std::map<std::string, int> counts;
  KafkaReader reader{settings, std::make_shared<KafkaMerge>()};
  EXPECT_TRUE(reader.replay(model::TimePoint{}, [&](const Record& record) {
    if (record.value) ++counts[*record.value];
  }));
  return counts;
}

// The first is on its way for seconds, through a broken connection too.
TEST(MockedFollowingTest, AResendMeanwhileGetsTheFirstsOutcome) {
  MockKafka kafka;
  const KafkaSettings settings = kafka.settings("meanwhile");
  Instance one{settings};
  ASSERT_EQ(one.post("a", "u1"), Outcome::published);
  kafka.delay_answers(1s);
  EXPECT_EQ(one.submit("a", "u2"), Submission::enqueued);
  EXPECT_EQ(one.submit("a", "u2"), Submission::waiting);
  kafka.go_down();
  kafka.delay_answers(0ms);
  kafka.come_up();
  ASSERT_TRUE(one.recorder().await_completed(3));
  EXPECT_EQ(one.recorder().completed()[1].second, Outcome::published);
  EXPECT_EQ(one.recorder().completed()[2].second, Outcome::duplicate);
  EXPECT_EQ(one.post("a", "u2"), Outcome::duplicate);
  EXPECT_EQ(contents(settings)["u2"], 1);
}

// What was in flight with a producer that failed.
TEST(MockedFollowingTest, AResendOfWhatStayedUnknownIsDoubtfulAndThenLoggedOnce) {
  MockKafka kafka;
  KafkaSettings settings = kafka.settings("doubtful");
  settings.quarantine = 500ms;
  Instance one{settings};
  ASSERT_EQ(one.post("a", "u1"), Outcome::published);
  kafka.fail_next(MockKafka::produce, RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER);
  ASSERT_EQ(one.post("a", "u2"), Outcome::unknown);
  EXPECT_EQ(one.submit("a", "u2"), Submission::doubtful);
  EXPECT_TRUE(Instance::await([&] { return one.post("a", "u2") == Outcome::published; }));
  EXPECT_EQ(one.post("a", "u2"), Outcome::duplicate);
  EXPECT_EQ(contents(settings)["u2"], 1);
}

TEST(RealFollowingTest, GoesOnWhenTheTopicGetsMorePartitions) {
  GEOMATCH_SKIP_WITHOUT_REAL_KAFKA();
  const KafkaSettings settings = real_kafka_settings("widened");
  Instance a{settings};
  Instance b{settings};
  ASSERT_EQ(a.post("x", "x1"), Outcome::published);
  ASSERT_TRUE(widen(settings, 8));
  for (int i = 0; i < 50; ++i) {
    const std::string id = "id-" + std::to_string(i);
    EXPECT_TRUE(Instance::await([&] { return a.post(id, "w") != Outcome::unknown; }));
    EXPECT_TRUE(b.await_seen(id, 1)) << id;
  }
}

}  // namespace
}  // namespace geomatch::publish
