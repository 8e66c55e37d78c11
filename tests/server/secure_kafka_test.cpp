// A Kafka as companies run it: TLS, passwords, certificates, and rights that are given and taken.
#include "secure_kafka.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "publish/kafka/kafka_admin.hpp"
#include "server_process.hpp"
#include "support/connection.hpp"

namespace geomatch {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using test::Connection;
using test::SecureKafka;
using test::ServerProcess;
using ::testing::HasSubstr;
using ::testing::Not;

class SecureKafkaTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!SecureKafka::there()) {
      GTEST_SKIP() << "no GEOMATCH_TEST_KAFKA_SECURE: scripts/kafka start --secure, then its DIR/secure";
    }
    kafka = std::make_unique<SecureKafka>();
    admin = std::make_unique<publish::KafkaAdmin>(kafka->brokers("PLAINTEXT"));
  }

  std::vector<std::string> flags(const std::string& listener,
                                 const SecureKafka::Properties& properties) const {
    std::vector<std::string> made{"--publish=kafka:" + kafka->brokers(listener) + "/" + topic};
    for (const auto& [key, value] : properties) made.push_back("--kafka=" + key + "=" + value);
    return made;
  }

  // Guest's properties, with these rights to the topic.
  SecureKafka::Properties guest(const std::vector<rd_kafka_AclOperation_t>& rights) {
    for (const auto right : rights) admin->allow("guest", right, topic);
    return kafka->properties("guest");
  }

  static std::string why_not_ready(const ServerProcess& server) {
    const auto answer = Connection{server.admin_port()}.request("GET", "/readyz");
    return answer.status == 200 ? "" : answer.body;
  }

  static int post(const ServerProcess& server) {
    return Connection{server.port()}.post(R"({"id":"a","lat":1,"lon":1})").status;
  }

  static void await_reason(const ServerProcess& server, const std::string& reason) {
    const auto end = std::chrono::steady_clock::now() + 30s;
    while (why_not_ready(server).find(reason) == std::string::npos) {
      ASSERT_LT(std::chrono::steady_clock::now(), end) << why_not_ready(server) << server.err();
      ASSERT_FALSE(server.ends_within(0)) << server.err();
      std::this_thread::sleep_for(10ms);
    }
  }

  static void await_ready(const ServerProcess& server) {
    const auto end = std::chrono::steady_clock::now() + 30s;
    while (!why_not_ready(server).empty()) {
      ASSERT_LT(std::chrono::steady_clock::now(), end) << why_not_ready(server) << server.err();
      ASSERT_FALSE(server.ends_within(0)) << server.err();
      std::this_thread::sleep_for(10ms);
    }
  }

  // A line that was said twice would be said again and again.
  static void expect_no_line_twice(const std::string& log) {
    std::set<std::string> seen;
    std::istringstream lines{log};
    for (std::string line; std::getline(lines, line);) {
      line.erase(0, line.find(' ') + 1);  // the time
      EXPECT_TRUE(seen.insert(line).second) << line;
    }
  }

  void expect_not_ready(const std::string& listener, const SecureKafka::Properties& properties,
                        const std::string& reason) {
    ServerProcess server{flags(listener, properties), ServerProcess::NotServing{}};
    await_reason(server, reason);
    EXPECT_EQ(post(server), 503);
    std::this_thread::sleep_for(2s);  // not awaited but given: time for lines to be repeated in
    EXPECT_THAT(why_not_ready(server), HasSubstr(reason));
    const auto secret = properties.find("sasl.password");
    if (secret != properties.end()) {
      EXPECT_THAT(why_not_ready(server), Not(HasSubstr(secret->second)));
    }
    const auto ended = server.terminate();
    EXPECT_EQ(ended.status, 0);
    expect_no_line_twice(ended.err);
    if (secret != properties.end()) {
      EXPECT_THAT(ended.out + ended.err, Not(HasSubstr(secret->second)));
    }
  }

  void expect_to_work(const std::string& listener, const SecureKafka::Properties& properties) {
    const auto wanted = flags(listener, properties);
    {
      ServerProcess server{wanted};
      EXPECT_EQ(post(server), 200);
      server.kill();
    }
    ServerProcess again{wanted};
    EXPECT_EQ(Connection{again.port()}.request("GET", "/entities/a").status, 200);
    const auto ended = again.terminate();
    EXPECT_EQ(ended.status, 0);
    const auto secret = properties.find("sasl.password");
    if (secret != properties.end()) {
      EXPECT_THAT(ended.out + ended.err, Not(HasSubstr(secret->second)));
    }
  }

  const std::string topic = "secure-" + std::to_string(std::random_device{}());
  std::unique_ptr<SecureKafka> kafka;
  std::unique_ptr<publish::KafkaAdmin> admin;
};

TEST_F(SecureKafkaTest, WorksWithAPassword) {
  expect_to_work("SCRAM", kafka->properties("scram"));
}

TEST_F(SecureKafkaTest, WorksWithACertificate) {
  expect_to_work("MTLS", kafka->properties("mtls"));
}

TEST_F(SecureKafkaTest, TellsOfAWrongPassword) {
  auto wrong = kafka->properties("scram");
  wrong["sasl.password"] = "hush-hush-wrong";
  expect_not_ready("SCRAM", wrong, "invalid credentials");
}

TEST_F(SecureKafkaTest, TellsOfAnExpiredCertificate) {
  auto expired = kafka->properties("mtls");
  expired["ssl.certificate.location"] = kafka->file("expired.crt");
  expired["ssl.key.location"] = kafka->file("expired.key");
  expect_not_ready("MTLS", expired, "certificate");
}

TEST_F(SecureKafkaTest, TellsOfABrokerThatIsNotTrusted) {
  auto trusting_others = kafka->properties("scram");
  trusting_others["ssl.ca.location"] = kafka->file("other-ca.crt");
  expect_not_ready("SCRAM", trusting_others, "certificate verify failed");
}

TEST_F(SecureKafkaTest, TellsOfATopicThatMayNotBeSeen) {
  expect_not_ready("SCRAM", guest({}), "Topic authorization failed");
}

TEST_F(SecureKafkaTest, WaitsForTheRightToCreate) {
  ServerProcess server{flags("SCRAM", guest({RD_KAFKA_ACL_OPERATION_READ, RD_KAFKA_ACL_OPERATION_WRITE})),
                       ServerProcess::NotServing{}};
  await_reason(server, "cannot create the Kafka topic");
  EXPECT_EQ(post(server), 503);
  guest({RD_KAFKA_ACL_OPERATION_CREATE});
  await_ready(server);
  EXPECT_EQ(post(server), 200);
  const auto ended = server.terminate();
  EXPECT_EQ(ended.status, 0);
  expect_no_line_twice(ended.err);
}

TEST_F(SecureKafkaTest, WaitsForTheRightToWrite) {
  admin->create_topic(topic, 1'000'000);
  ServerProcess server{flags("SCRAM", guest({RD_KAFKA_ACL_OPERATION_READ})), ServerProcess::NotServing{}};
  await_reason(server, "authorization failed");
  await_reason(server, "cannot write");
  EXPECT_EQ(post(server), 503);
  guest({RD_KAFKA_ACL_OPERATION_WRITE});
  await_ready(server);
  EXPECT_EQ(post(server), 200);
  const auto ended = server.terminate();
  EXPECT_EQ(ended.status, 0);
  expect_no_line_twice(ended.err);
}

TEST_F(SecureKafkaTest, WaitsForTheRightToRead) {
  admin->create_topic(topic, 1'000'000);
  ServerProcess server{flags("SCRAM", guest({RD_KAFKA_ACL_OPERATION_WRITE})), ServerProcess::NotServing{}};
  await_reason(server, "authorization failed");
  EXPECT_EQ(post(server), 503);
  guest({RD_KAFKA_ACL_OPERATION_READ});
  await_ready(server);
  EXPECT_EQ(post(server), 200);
  const auto ended = server.terminate();
  EXPECT_EQ(ended.status, 0);
  expect_no_line_twice(ended.err);
}

// A user may well lack the right to read a topic's settings.
TEST_F(SecureKafkaTest, LearnsALimitThatItMayNotRead) {
  admin->create_topic(topic, 600);
  ServerProcess server{flags("SCRAM", guest({RD_KAFKA_ACL_OPERATION_READ, RD_KAFKA_ACL_OPERATION_WRITE}))};
  const std::string large =
      R"({"id":"large","lat":1,"lon":1,"attributes":{"x":")" + std::string(900, 'x') + "\"}}";
  Connection phone{server.port()};
  const auto end = std::chrono::steady_clock::now() + 30s;
  int status = 0;
  while ((status = phone.post(large).status) == 503 && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_EQ(status, 413);
  await_ready(server);
  EXPECT_EQ(post(server), 200);
}

TEST_F(SecureKafkaTest, NoticesThatARightWasTakenAndGivenBack) {
  admin->create_topic(topic, 1'000'000);
  ServerProcess server{flags("SCRAM", guest({RD_KAFKA_ACL_OPERATION_READ, RD_KAFKA_ACL_OPERATION_WRITE}))};
  EXPECT_EQ(post(server), 200);
  for (const auto right : {RD_KAFKA_ACL_OPERATION_WRITE, RD_KAFKA_ACL_OPERATION_READ}) {
    admin->forbid("guest", right, topic);
    const auto end = std::chrono::steady_clock::now() + 30s;
    while (post(server) == 200) {
      ASSERT_LT(std::chrono::steady_clock::now(), end) << server.err();
      std::this_thread::sleep_for(10ms);
    }
    EXPECT_EQ(post(server), 503);
    await_reason(server, "authorization failed");
    admin->allow("guest", right, topic);
    await_ready(server);
    EXPECT_EQ(post(server), 200);
  }
  EXPECT_EQ(server.terminate().status, 0);
}

}  // namespace
}  // namespace geomatch
