// The program as an operator meets it: its first line, its exit statuses, its signals.
#include <algorithm>
#include <atomic>
#include <csignal>
#include <thread>

#include <gtest/gtest.h>

#include "server_process.hpp"
#include "support/connection.hpp"
#include "support/scrape.hpp"
#include "support/temporary_folder.hpp"

namespace geomatch {
namespace {

using test::Answer;
using test::Connection;
using test::Ended;
using test::ServerProcess;
using testing::Test;

class ProcessTest : public Test {
 protected:
  [[nodiscard]] std::string journal() const {
    return "--publish=sqlite:" + (folder_ / "journal.db").string();
  }

  test::TemporaryFolder folder_;
};

TEST_F(ProcessTest, ServesBothSides) {
  ServerProcess server{{journal()}};
  Connection phone{server.port()};
  EXPECT_EQ(phone.post(R"({"id":"a","lat":1,"lon":2})").body,
            R"({"id":"a","status":"accepted","matches":[]})");
  const std::string nearby = phone.request("GET", "/nearby?lat=1&lon=2&role=&radius_m=500").body;
  EXPECT_NE(nearby.find(R"("id":"a","distance_m":0)"), std::string::npos) << nearby;
  EXPECT_EQ(phone.request("GET", "/entities/a").status, 200);
  Connection admin{server.admin_port()};
  EXPECT_EQ(admin.request("GET", "/livez").status, 200);
  EXPECT_EQ(admin.request("GET", "/readyz").status, 200);
  const test::Scrape metrics{admin.request("GET", "/metrics").body};
  EXPECT_EQ(metrics.at("geomatch_entities"), 1);
  EXPECT_EQ(metrics.at(R"(geomatch_http_requests_total{route="POST /match",status="200"})"), 1);
  EXPECT_EQ(phone.request("GET", "/metrics").status, 404) << "operators' pages are not for phones";
  EXPECT_EQ(admin.post("{}").status, 404);
}

TEST_F(ProcessTest, EndsWellOnSigterm) {
  ServerProcess server{{journal()}};
  Connection phone{server.port()};
  EXPECT_EQ(phone.post(R"({"id":"a","lat":1,"lon":2})").status, 200);
  const Ended ended = server.terminate();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(ended.err.find("still open"), std::string::npos) << ended.err;
  EXPECT_EQ(phone.receive_all(), "");
}

TEST_F(ProcessTest, AnswersAllThatHadArrivedBeforeSigterm) {
  for (int round = 0; round < 5; ++round) {
    ServerProcess server{{journal()}};
    {
      Connection phone{server.port()};
      EXPECT_EQ(phone.post(R"({"id":"a","lat":1,"lon":2})").status, 200);
      server.signal(SIGSTOP);  // it finds the requests and the signal at once
      std::string requests;
      for (int i = 0; i < 4; ++i) {
        requests += test::request_bytes("POST", "/match", R"({"id":"a","lat":1,"lon":2})");
      }
      ASSERT_TRUE(phone.send(requests));
      server.signal(SIGTERM);
      server.signal(SIGCONT);
      for (int i = 0; i < 4; ++i) {
        EXPECT_NE(phone.receive().status, 0) << "request " << i << ", round " << round;
      }
      EXPECT_EQ(phone.receive_all(), "");
    }
    EXPECT_EQ(server.wait().status, 0);
  }
}

TEST_F(ProcessTest, EndsWellOnSigtermUnderLoad) {
  ServerProcess server{{journal()}};
  std::atomic<int> answered{0};
  std::atomic<int> wrong{0};
  std::vector<std::thread> phones;
  for (int p = 0; p < 4; ++p) {
    phones.emplace_back([&, p] {
      Connection phone{server.port()};
      for (;;) {
        const Answer answer = phone.post(R"({"id":"p)" + std::to_string(p) + R"(","lat":1,"lon":2})");
        if (answer.status == 0) return;
        if (answer.status != 200 && answer.status != 503) ++wrong;
        ++answered;
      }
    });
  }
  while (answered < 50) std::this_thread::yield();
  const Ended ended = server.terminate();
  for (auto& phone : phones) phone.join();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(wrong, 0);
}

TEST_F(ProcessTest, WrongSettingsAreOneLineAndStatus2) {
  for (const auto& [flag, names] :
       std::vector<std::pair<std::string, std::string>>{{"--threads=0", "--threads"},
                                                        {"--publish=redis:x", "--publish"},
                                                        {"--listen=nowhere", "--listen"},
                                                        {"--no-such-flag", "--no-such-flag"},
                                                        {"--config=/no/such/file", "--config"},
                                                        {"--shutdown-deadline=5", "--shutdown-deadline"},
                                                        {"--kafka=no.such.property=1", "no.such.property"},
                                                        {"--kafka=acks=1", "acks"}}) {
    std::vector<std::string> flags{flag};
    if (flag.starts_with("--kafka")) flags.emplace_back("--publish=kafka:127.0.0.1:9/topic");
    const Ended ended = ServerProcess::run(flags);
    EXPECT_EQ(ended.status, 2) << flag;
    EXPECT_EQ(ended.out, "") << flag;
    EXPECT_NE(ended.err.find(names), std::string::npos) << ended.err;
    EXPECT_EQ(std::ranges::count(ended.err, '\n'), 1) << ended.err;
  }
}

TEST_F(ProcessTest, WhatCannotBeOpenedIsSaid) {
  const Ended no_folder = ServerProcess::run({"--publish=sqlite:/no/such/folder/x.db"});
  EXPECT_EQ(no_folder.status, 1);
  EXPECT_NE(no_folder.err.find("--publish"), std::string::npos) << no_folder.err;

  ServerProcess first{{"--publish=none"}};
  const Ended taken = ServerProcess::run(
      {"--publish=none", "--listen=127.0.0.1:" + std::to_string(first.port()), "--admin-listen=127.0.0.1:0"});
  EXPECT_EQ(taken.status, 1);
  EXPECT_NE(taken.err.find("--listen"), std::string::npos) << taken.err;
}

TEST_F(ProcessTest, HelpAndVersion) {
  const Ended help = ServerProcess::run({"--help"});
  EXPECT_EQ(help.status, 0);
  EXPECT_NE(help.out.find("--publish"), std::string::npos);
  EXPECT_EQ(ServerProcess::run({"--version"}).out, "geomatch " GEOMATCH_PROJECT_VERSION "\n");
}

}  // namespace
}  // namespace geomatch
