// What a hostile or broken client sends: a clear answer or a close, nothing in the log, and the next is
// served.
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <geomatch/publish/sqlite_reader.hpp>

#include "server_process.hpp"
#include "support/connection.hpp"
#include "support/seed.hpp"
#include "support/shared_data.hpp"
#include "support/temporary_folder.hpp"

namespace geomatch {
namespace {

using test::Answer;
using test::Connection;
using test::request_bytes;

constexpr const char* good = R"({"id":"probe","lat":1,"lon":2,"limit":0})";

class BadInputTest : public testing::Test {
 protected:
  void expect_served() {
    Connection next{server_.port()};
    ASSERT_EQ(next.post(good).status, 200);
    ++good_posts_;
  }

  // A clear answer or a close.
  void expect_refused(const std::string& bytes) {
    Connection client{server_.port()};
    client.send(bytes);
    client.finish_sending();
    const std::string answer = client.receive_all();
    EXPECT_TRUE(answer.empty() || answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 5"))
        << answer;
  }

  // The log has the good posts and nothing else.
  void expect_clean_log() {
    std::size_t records = 0;
    publish::SqliteReader{journal_}.replay({}, [&](const publish::Record& record) {
      EXPECT_EQ(record.key, "probe");
      ++records;
    });
    EXPECT_EQ(records, good_posts_);
  }

  test::TemporaryFolder folder_;
  std::filesystem::path journal_ = folder_ / "journal.db";
  test::ServerProcess server_{{"--publish=sqlite:" + journal_.string(), "--request-timeout=200ms"}};
  std::size_t good_posts_ = 0;
};

TEST_F(BadInputTest, EveryFileOfJsonTestSuite) {
  GEOMATCH_NEEDS_SHARED("jsontestsuite");
  std::size_t files = 0;
  for (const auto& file : std::filesystem::directory_iterator{test::shared_data() / "jsontestsuite"}) {
    std::ostringstream body;
    body << std::ifstream{file.path(), std::ios::binary}.rdbuf();
    const std::string name = file.path().filename().string();
    Connection client{server_.port()};
    const Answer answer = client.post(body.str());
    if (name[0] == 'n') {
      EXPECT_TRUE(answer.status == 400 || answer.status == 413) << name << ' ' << answer.status;
    } else if (name[0] == 'y') {
      EXPECT_EQ(answer.status, 422) << name;  // JSON, but no location
    } else {
      EXPECT_TRUE(answer.status >= 400 && answer.status < 500) << name << ' ' << answer.status;
    }
    EXPECT_EQ(answer.fields.at("content-type"), "application/problem+json") << name;
    ++files;
  }
  EXPECT_GT(files, 300U);
  expect_served();
  expect_clean_log();
}

TEST_F(BadInputTest, RandomBytes) {
  std::mt19937_64 random{test::seed()};
  for (int round = 0; round < 200; ++round) {
    std::string bytes(1 + random() % 3000, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    if (round % 2 == 0) bytes = "POST /match HTTP/1.1\r\n" + bytes;
    expect_refused(bytes + "\r\n\r\n");
  }
  expect_served();
  expect_clean_log();
}

TEST_F(BadInputTest, MutatedRequests) {
  std::mt19937_64 random{test::seed()};
  // Too large for a latitude: however it is bent, it must not be accepted.
  const std::string request = request_bytes("POST", "/match", R"({"id":"mutant","lat":[91],"lon":2})");
  for (int round = 0; round < 300; ++round) {
    std::string bytes = request;
    for (int i = 0; i < 3; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
    expect_refused(bytes);
  }
  expect_served();
  expect_clean_log();
}

TEST_F(BadInputTest, RequestsCutAtEveryByte) {
  const std::string request = request_bytes("POST", "/match", good);
  for (std::size_t cut = 0; cut < request.size(); ++cut) {
    Connection client{server_.port()};
    client.send(request.substr(0, cut));
    client.finish_sending();
    EXPECT_EQ(client.receive_all(), "") << "cut at " << cut;
  }
  expect_served();
  expect_clean_log();
}

TEST_F(BadInputTest, WhatNeverEndsIsRefusedOnBothSides) {
  const std::string chunked = "POST /match HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const std::uint16_t port : {server_.port(), server_.admin_port()}) {
    for (const std::string& begun :
         {std::string{}, std::string{"GET /"}, std::string{"GET / HTTP/1.1\r\nHost: a\r\nX"},
          std::string{"GET / HTTP/1.1\r\nHost: a\r\nX: "}, chunked, chunked + "5", chunked + "5;",
          chunked + "5;a=\"", chunked + "5\r\nhello\r\n5;", chunked + "0\r\nX", chunked + "0\r\nX: "}) {
      Connection client{port};
      client.send(begun + std::string(100'000, '0'));
      const int status = client.receive().status;
      EXPECT_TRUE(status == 400 || status == 413 || status == 431) << begun << ": " << status;
    }
  }
  expect_served();
  expect_clean_log();
}

TEST_F(BadInputTest, HalfARequestIsTimedOut) {
  Connection client{server_.port()};
  client.send(request_bytes("POST", "/match", good).substr(0, 60));
  EXPECT_EQ(client.receive().status, 408);
  expect_served();
  expect_clean_log();
}

TEST_F(BadInputTest, ATimestampInSecondsIsRefusedWithAWordOnTheUnit) {
  Connection client{server_.port()};
  const auto answer = client.post(R"({"id":"a","lat":1,"lon":2,"timestamp":1704067200})");
  EXPECT_EQ(answer.status, 422);
  const auto problem = nlohmann::json::parse(answer.body);
  EXPECT_EQ(problem["errors"][0]["pointer"], "/timestamp");
  EXPECT_NE(problem["errors"][0]["detail"].get<std::string>().find("epoch milliseconds"), std::string::npos);
  EXPECT_EQ(client.post(R"({"id":"a","lat":1,"lon":2,"timestamp":"1999-12-31T23:59:59Z"})").status, 422);
  EXPECT_EQ(client.request("GET", "/entities/a").status, 404);
  expect_served();
  expect_clean_log();
}

TEST_F(BadInputTest, EveryErrorOfTheContract) {
  const auto status_of = [&](const std::string& bytes) {
    Connection client{server_.port()};
    client.send(bytes);
    return client.receive().status;
  };
  const std::string post = "POST /match HTTP/1.1\r\nHost: a\r\n";
  EXPECT_EQ(status_of(request_bytes("POST", "/match", "{")), 400);
  EXPECT_EQ(status_of(request_bytes("GET", "/nowhere")), 404);
  EXPECT_EQ(status_of(request_bytes("GET", "/match")), 405);
  EXPECT_EQ(status_of(post + "\r\n"), 411);
  EXPECT_EQ(status_of(post + "Content-Length: 65537\r\n\r\n"), 413);
  EXPECT_EQ(status_of(post + "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}"), 415);
  EXPECT_EQ(status_of(request_bytes("POST", "/match", "{}")), 422);
  EXPECT_EQ(status_of(post + "X: " + std::string(10'000, 'x') + "\r\n\r\n"), 431);
  EXPECT_EQ(status_of("BREW /match HTTP/1.1\r\nHost: a\r\n\r\n"), 501);
  EXPECT_EQ(status_of("GET / HTTP/3.0\r\nHost: a\r\n\r\n"), 505);
  expect_served();
  expect_clean_log();
}

}  // namespace
}  // namespace geomatch
