// What a crash leaves: deletes stay deleted, resends stay known, stale stays stale.
#include <random>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "log_contents.hpp"
#include "server_process.hpp"
#include "support/connection.hpp"
#include "support/temporary_folder.hpp"

namespace geomatch {
namespace {

using nlohmann::json;
using test::Connection;
using test::ServerProcess;

class RecoveryTest : public testing::TestWithParam<std::string> {
 protected:
  // The log to test with; empty if there is none here.
  std::string publish() {
    if (GetParam() == "journal") return "--publish=sqlite:" + (folder_ / "journal.db").string();
    if (test::kafka_brokers() == nullptr) return "";
    return std::string{"--publish=kafka:"} + test::kafka_brokers() + "/recovery-" + std::to_string(topic_);
  }

  std::vector<publish::Record> log() {
    if (GetParam() == "journal") return test::journal_contents(folder_ / "journal.db");
    return test::topic_contents("recovery-" + std::to_string(topic_));
  }

  test::TemporaryFolder folder_;
  unsigned topic_ = std::random_device{}();
};

std::string status_of(const test::Answer& answer) {
  return json::parse(answer.body)["status"];
}

TEST_P(RecoveryTest, ACrashChangesNothing) {
  const std::string flag = publish();
  if (flag.empty()) GTEST_SKIP() << "no GEOMATCH_TEST_KAFKA: no Kafka to test with";
  {
    ServerProcess server{{flag}};
    Connection phone{server.port()};
    EXPECT_EQ(status_of(phone.post(R"({"id":"a","lat":1,"lon":1,"uuid":"u1"})")), "accepted");
    EXPECT_EQ(status_of(phone.post(R"({"id":"a","lat":9,"lon":9,"uuid":"u1"})")), "duplicate");
    EXPECT_EQ(status_of(phone.post(R"({"id":"a","lat":2,"lon":2,"timestamp":"2020-01-01T00:00:00Z"})")),
              "stale");
    EXPECT_EQ(status_of(phone.post(R"({"id":"gone","lat":1,"lon":1})")), "accepted");
    EXPECT_EQ(phone.request("DELETE", "/entities/gone").status, 204);
    EXPECT_EQ(status_of(phone.post(R"({"id":"short","lat":1,"lon":1,"ttl_s":1})")), "accepted");
    EXPECT_EQ(phone.post(R"({"id":"bad","lat":99,"lon":1})").status, 422);
    server.kill();
  }
  ServerProcess server{{flag}};
  Connection phone{server.port()};
  const json a = json::parse(phone.request("GET", "/entities/a").body);
  EXPECT_EQ(a["lat"], 1);
  EXPECT_EQ(phone.request("GET", "/entities/gone").status, 404);
  EXPECT_EQ(phone.request("GET", "/entities/bad").status, 404);
  EXPECT_EQ(status_of(phone.post(R"({"id":"a","lat":9,"lon":9,"uuid":"u1"})")), "duplicate");
  EXPECT_EQ(server.terminate().status, 0);

  std::vector<std::string> keys;
  for (const publish::Record& record : log()) {
    if (record.key == "a" || record.key == "gone")
      keys.push_back(record.key + (record.value ? "" : " deleted"));
  }
  std::ranges::stable_sort(keys, {},
                           [](const std::string& key) { return key.substr(0, 1); });  // partitions apart
  EXPECT_EQ(keys, (std::vector<std::string>{"a", "a", "gone", "gone deleted"}));
}

INSTANTIATE_TEST_SUITE_P(Logs, RecoveryTest, testing::Values("journal", "kafka"),
                         [](const auto& log) { return log.param; });

}  // namespace
}  // namespace geomatch
