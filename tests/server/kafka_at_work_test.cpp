// Servers on one topic, and a Kafka that goes away.
#include <chrono>
#include <random>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "log_contents.hpp"
#include "publish/kafka/mock_kafka.hpp"
#include "server_process.hpp"
#include "support/comes_true.hpp"
#include "support/connection.hpp"

namespace geomatch {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using test::comes_true;
using test::Connection;
using test::ServerProcess;

std::string publish_to(const std::string& brokers) {
  return "--publish=kafka:" + brokers + "/at-work-" + std::to_string(std::random_device{}());
}

std::string told_status(const test::Answer& answer) {
  return json::parse(answer.body).value("status", "none");
}

void expect_siblings_to_know_of_each_other(const std::string& publish) {
  ServerProcess first{{publish}};
  ServerProcess second{{publish}};
  Connection to_first{first.port()};
  Connection to_second{second.port()};
  const auto found_by_second = [&](const std::string& id) {
    return to_second.request("GET", "/entities/" + id).status == 200;
  };
  EXPECT_EQ(
      told_status(to_first.post(
          R"({"id":"a","lat":1,"lon":1,"uuid":"u1","timestamp":"2026-01-01T00:00:10Z","ttl_s":86400})")),
      "stale");  // long ago
  EXPECT_EQ(told_status(to_first.post(R"({"id":"a","lat":1,"lon":1,"uuid":"u2"})")), "accepted");
  ASSERT_TRUE(comes_true([&] { return found_by_second("a"); }));

  const json match = json::parse(to_second.post(R"({"id":"b","lat":1,"lon":1.001})").body);
  ASSERT_EQ(match["matches"].size(), 1U);
  EXPECT_EQ(match["matches"][0]["id"], "a");
  EXPECT_EQ(told_status(to_second.post(R"({"id":"a","lat":9,"lon":9,"uuid":"u2"})")), "duplicate");
  EXPECT_EQ(told_status(to_second.post(R"({"id":"a","lat":9,"lon":9,"timestamp":1700000000000})")), "stale");

  EXPECT_EQ(to_first.request("DELETE", "/entities/a").status, 204);
  EXPECT_TRUE(comes_true([&] { return !found_by_second("a"); }));
  EXPECT_EQ(first.terminate().status, 0);
  EXPECT_EQ(second.terminate().status, 0);
}

TEST(KafkaAtWorkTest, SiblingsKnowOfEachOther) {
  if (test::kafka_brokers() == nullptr) GTEST_SKIP() << "no GEOMATCH_TEST_KAFKA: no Kafka to test with";
  expect_siblings_to_know_of_each_other(publish_to(test::kafka_brokers()));
}

TEST(KafkaAtWorkTest, SiblingsKnowOfEachOtherThroughTheMock) {
  const publish::MockKafka kafka;
  expect_siblings_to_know_of_each_other(publish_to(kafka.settings("any").brokers));
}

TEST(KafkaAtWorkTest, RefusesAtOnceWhileKafkaIsGoneAndGoesOnByItself) {
  publish::MockKafka kafka;
  ServerProcess server{{publish_to(kafka.settings("any").brokers)}};
  Connection phone{server.port()};
  Connection admin{server.admin_port()};
  EXPECT_EQ(phone.post(R"({"id":"a","lat":1,"lon":1})").status, 200);
  kafka.go_down();
  ASSERT_TRUE(comes_true([&] { return admin.request("GET", "/readyz").status == 503; }));
  EXPECT_NE(admin.request("GET", "/readyz").body.find("doesn't answer"), std::string::npos);
  const auto refused = phone.post(R"({"id":"a","lat":2,"lon":2})");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(json::parse(refused.body)["outcome"], "not_published");
  EXPECT_EQ(json::parse(phone.request("GET", "/entities/a").body)["lat"], 1);
  kafka.come_up();
  ASSERT_TRUE(comes_true([&] { return admin.request("GET", "/readyz").status == 200; }));
  EXPECT_EQ(phone.post(R"({"id":"a","lat":3,"lon":3})").status, 200);
}

}  // namespace
}  // namespace geomatch
