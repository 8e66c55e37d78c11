// A topic that takes small batches only.
#include <chrono>
#include <deque>
#include <random>
#include <set>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "log_contents.hpp"
#include "publish/kafka/kafka_admin.hpp"
#include "server_process.hpp"
#include "support/connection.hpp"

namespace geomatch {
namespace {

using namespace std::chrono_literals;
using test::Connection;
using test::ServerProcess;
using ::testing::HasSubstr;

std::string small_post(const std::string& id) {
  return R"({"id":")" + id + R"(","lat":1,"lon":1})";
}

// Some 3 kB of attributes.
std::string large_post(const std::string& id) {
  std::string attributes;
  for (int i = 0; i < 15; ++i) {
    attributes +=
        (i == 0 ? "" : ",") + ("\"name" + std::to_string(i)) + "\":\"" + std::string(200, 'x') + "\"";
  }
  return R"({"id":")" + id + R"(","lat":1,"lon":1,"attributes":{)" + attributes + "}}";
}

class TopicLimitTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (test::kafka_brokers() == nullptr) GTEST_SKIP() << "no GEOMATCH_TEST_KAFKA: no Kafka to test with";
  }

  [[nodiscard]] std::vector<std::string> flags() const {
    return {std::string{"--publish=kafka:"} + test::kafka_brokers() + "/" + topic,
            "--max-attributes-bytes=65536"};
  }

  void create_topic(std::size_t max_batch_bytes) const {
    publish::KafkaAdmin{test::kafka_brokers()}.create_topic(topic, max_batch_bytes);
  }
  void set_limit(std::size_t max_batch_bytes) const {
    publish::KafkaAdmin{test::kafka_brokers()}.set_max_batch_bytes(topic, max_batch_bytes);
  }

  // Posts it again while the answer is the one from before the limit was changed, or that of the moment in
  // which it is.
  static int status_after(int before, Connection& phone, const std::string& body) {
    const auto end = std::chrono::steady_clock::now() + 30s;
    while (true) {
      const int status = phone.post(body).status;
      if ((status != before && status != 503) || std::chrono::steady_clock::now() > end) return status;
      std::this_thread::sleep_for(10ms);
    }
  }

  const std::string topic = "limited-" + std::to_string(std::random_device{}());
};

TEST_F(TopicLimitTest, RefusesTheLargeRecordAloneAmongManyAtOnce) {
  create_topic(600);
  ServerProcess server{flags()};
  std::deque<Connection> phones;
  for (int i = 0; i < 50; ++i) phones.emplace_back(server.port());
  std::set<std::string> logged;
  for (int round = 0; round < 10; ++round) {
    for (std::size_t i = 0; i < phones.size(); ++i) {
      const std::string id = "r" + std::to_string(round) + "-" + std::to_string(i);
      phones[i].send(test::request_bytes("POST", "/match", i == 25 ? large_post(id) : small_post(id)));
      if (i != 25) logged.insert(id);
    }
    for (std::size_t i = 0; i < phones.size(); ++i) {
      const auto answer = phones[i].receive();
      EXPECT_EQ(answer.status, i == 25 ? 413 : 200) << answer.body;
      if (i == 25) {
        EXPECT_THAT(answer.body, HasSubstr("max.message.bytes"));
      }
    }
  }
  EXPECT_EQ(server.terminate().status, 0);
  std::set<std::string> found;
  for (const auto& record : test::topic_contents(topic)) found.insert(record.key);
  EXPECT_EQ(found, logged);
}

TEST_F(TopicLimitTest, RefusesADeleteWhoseIdIsTooLong) {
  create_topic(120);
  ServerProcess server{flags()};
  Connection phone{server.port()};
  EXPECT_EQ(phone.request("DELETE", "/entities/" + std::string(100, 'x')).status, 413);
  EXPECT_EQ(phone.request("DELETE", "/entities/x").status, 204);
}

TEST_F(TopicLimitTest, NoticesThatTheLimitWasLoweredAndRaised) {
  create_topic(1'000'000);
  ServerProcess server{flags()};
  Connection phone{server.port()};
  EXPECT_EQ(phone.post(large_post("a")).status, 200);
  set_limit(600);
  EXPECT_EQ(status_after(200, phone, large_post("b")), 413);  // by what the broker says of it
  EXPECT_EQ(status_after(503, phone, small_post("c")), 200);
  EXPECT_EQ(phone.post(large_post("b")).status, 413);
  set_limit(100'000);
  EXPECT_EQ(status_after(413, phone, large_post("b")), 200);
  EXPECT_EQ(server.terminate().status, 0);
}

}  // namespace
}  // namespace geomatch
