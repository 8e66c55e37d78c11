// A delete is an event like a fix: what was measured before it never brings the entity back, whoever asks and
// however often the server was started anew.
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
#include "support/temporary_folder.hpp"

namespace geomatch {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using test::comes_true;
using test::Connection;
using test::ServerProcess;

// What became of a fix of `id` that was measured so long ago: its status, or that of the answer.
std::string status_of_late(Connection& phone, const std::string& id, std::chrono::milliseconds ago) {
  const auto measured = std::chrono::system_clock::now() - ago;
  const auto timestamp_ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(measured.time_since_epoch()).count();
  const json fix{{"id", id}, {"lat", 1}, {"lon", 2}, {"timestamp", timestamp_ms}};
  const auto answer = phone.post(fix.dump());
  if (answer.status != 200) return std::to_string(answer.status);
  return json::parse(answer.body)["status"];
}

void delete_entity(Connection& phone, const std::string& id) {
  EXPECT_EQ(phone.request("DELETE", "/entities/" + id).status, 204);
}

bool is_shown(Connection& phone, const std::string& id) {
  return phone.request("GET", "/entities/" + id).status == 200;
}

double deletion_marks(const ServerProcess& server) {
  const std::string page = Connection{server.admin_port()}.request("GET", "/metrics").body;
  constexpr std::string_view name = "\ngeomatch_deletion_marks ";
  const auto at = page.find(name);
  return at == std::string::npos ? -1 : std::stod(page.substr(at + name.size()));
}

// After "gone" and "unknown" were deleted, and "back" came back.
void expect_late_ones_stale(Connection& phone) {
  EXPECT_EQ(status_of_late(phone, "gone", 30s), "stale");
  EXPECT_EQ(status_of_late(phone, "unknown", 30s), "stale");
  EXPECT_EQ(status_of_late(phone, "back", 30s), "stale");
  EXPECT_FALSE(is_shown(phone, "gone"));
  EXPECT_FALSE(is_shown(phone, "unknown"));
  EXPECT_TRUE(is_shown(phone, "back"));
}

class DeletionTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (GetParam() == "kafka" && test::kafka_brokers() == nullptr) {
      GTEST_SKIP() << "no GEOMATCH_TEST_KAFKA: no Kafka to test with";
    }
  }

  std::string publish() {
    if (GetParam() == "journal") return "--publish=sqlite:" + (folder_ / "journal.db").string();
    return std::string{"--publish=kafka:"} + test::kafka_brokers() + "/deletion-" + std::to_string(topic_);
  }

  test::TemporaryFolder folder_;
  unsigned topic_ = std::random_device{}();
};

TEST_P(DeletionTest, ALateFixNeverBringsADeletedOneBack) {
  const std::string flag = publish();
  {
    ServerProcess server{{flag}};
    Connection phone{server.port()};
    EXPECT_EQ(status_of_late(phone, "gone", 1s), "accepted");
    EXPECT_EQ(status_of_late(phone, "back", 1s), "accepted");
    for (const char* id : {"gone", "unknown", "back"}) delete_entity(phone, id);
    EXPECT_EQ(status_of_late(phone, "back", 0s), "accepted") << "measured after the delete";
    expect_late_ones_stale(phone);
    EXPECT_EQ(deletion_marks(server), 2);
    server.kill();
  }
  for (int start = 0; start < 2; ++start) {
    ServerProcess server{{flag}};
    Connection phone{server.port()};
    EXPECT_EQ(deletion_marks(server), 2);
    expect_late_ones_stale(phone);
    EXPECT_EQ(server.terminate().status, 0);
  }
}

TEST_P(DeletionTest, AfterDeleteMemoryItIsForgotten) {
  ServerProcess server{{publish(), "--delete-memory=1s"}};
  Connection phone{server.port()};
  EXPECT_EQ(status_of_late(phone, "gone", 1s), "accepted");
  delete_entity(phone, "gone");
  EXPECT_TRUE(comes_true([&] { return status_of_late(phone, "gone", 30s) == "accepted"; }));
  EXPECT_TRUE(is_shown(phone, "gone"));
  EXPECT_TRUE(comes_true([&] { return deletion_marks(server) == 0; }));
}

INSTANTIATE_TEST_SUITE_P(Logs, DeletionTest, testing::Values("journal", "kafka"),
                         [](const auto& log) { return log.param; });

TEST(DeletionOnAFullMapTest, AnUnknownOneIsRefusedRatherThanForgotten) {
  const test::TemporaryFolder folder;
  ServerProcess server{{"--publish=sqlite:" + (folder / "journal.db").string(), "--max-entities=1"}};
  Connection phone{server.port()};
  EXPECT_EQ(status_of_late(phone, "a", 1s), "accepted");
  const auto refused = phone.request("DELETE", "/entities/unknown");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(json::parse(refused.body).value("outcome", "none"), "not_published");
  delete_entity(phone, "a");
  EXPECT_EQ(deletion_marks(server), 1);
  EXPECT_EQ(phone.request("DELETE", "/entities/unknown").status, 503) << "the mark takes the room";
  EXPECT_EQ(status_of_late(phone, "other", 0s), "503");
  EXPECT_EQ(status_of_late(phone, "a", 0s), "accepted");
  EXPECT_EQ(server.terminate().status, 0);
  EXPECT_EQ(test::journal_contents(folder / "journal.db").size(), 3U);
}

void expect_a_sibling_to_know(const std::string& brokers) {
  const std::string publish =
      "--publish=kafka:" + brokers + "/deletion-" + std::to_string(std::random_device{}());
  ServerProcess first{{publish}};
  ServerProcess second{{publish}};
  Connection to_first{first.port()};
  Connection to_second{second.port()};
  EXPECT_EQ(status_of_late(to_first, "a", 1s), "accepted");
  ASSERT_TRUE(comes_true([&] { return is_shown(to_second, "a"); }));
  delete_entity(to_first, "a");
  delete_entity(to_first, "unknown");
  ASSERT_TRUE(comes_true([&] { return deletion_marks(second) == 2; }));
  EXPECT_EQ(status_of_late(to_second, "a", 30s), "stale");
  EXPECT_EQ(status_of_late(to_second, "unknown", 30s), "stale");
  EXPECT_FALSE(is_shown(to_second, "a"));
  EXPECT_EQ(status_of_late(to_second, "a", 0s), "accepted");
  EXPECT_TRUE(comes_true([&] { return is_shown(to_first, "a"); }));
  EXPECT_EQ(deletion_marks(first), 1) << "what the second wrote to the topic when it started is no deletion";
}

TEST(DeletionOnSiblingsTest, TheyKnowOfIt) {
  if (test::kafka_brokers() == nullptr) GTEST_SKIP() << "no GEOMATCH_TEST_KAFKA: no Kafka to test with";
  expect_a_sibling_to_know(test::kafka_brokers());
}

TEST(DeletionOnSiblingsTest, TheyKnowOfItThroughTheMock) {
  const publish::MockKafka kafka;
  expect_a_sibling_to_know(kafka.settings("any").brokers);
}

}  // namespace
}  // namespace geomatch
