// The program against real and fake servers.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>

#include "fake_server.hpp"
#include "server/server_process.hpp"
#include "support/temporary_folder.hpp"

namespace geomatch::load {
namespace {

using testing::Test;

struct Ran {
  int status = -1;
  std::string printed;
  nlohmann::json report;
};

class LoadProgramTest : public Test {
 protected:
  Ran run(const std::string& arguments) {
    const auto file = folder_ / "report.json";
    std::filesystem::remove(file);
    const std::string command =
        std::string{GEOMATCH_LOAD_BINARY} + " --quiet --json '" + file.string() + "' " + arguments + " 2>&1";
    Ran ran;
    FILE* const pipe = popen(command.c_str(), "r");
    for (int c = 0; (c = std::fgetc(pipe)) != EOF;) ran.printed += static_cast<char>(c);
    const int status = pclose(pipe);
    ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (std::ifstream in{file}) ran.report = nlohmann::json::parse(in);
    return ran;
  }

  // What it says, in one line, of what it can't go on with.
  std::string failure(const std::string& arguments) {
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.status, 1);
    EXPECT_TRUE(ran.report.is_null());
    EXPECT_TRUE(ran.printed.starts_with("load: ")) << ran.printed;
    EXPECT_EQ(ran.printed.find('\n'), ran.printed.size() - 1) << ran.printed;
    return ran.printed;
  }

  test::TemporaryFolder folder_;
};

const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

TEST_F(LoadProgramTest, MeasuresGeomatch) {
  test::ServerProcess server{{"--publish=none", "--threads=1"}};
  const std::string target = "127.0.0.1:" + std::to_string(server.port());
  const Ran ran = run("--preload --entities 2000 --connections 4 --warm-up 0s --duration 1s --server-pid " +
                      std::to_string(server.pid()) + " " + target);
  ASSERT_EQ(ran.status, 0) << ran.printed;
  const auto& report = ran.report;
  EXPECT_GT(report["requests"], 10);
  EXPECT_EQ(report["status"]["200"], report["requests"]);
  EXPECT_EQ(report["status"].size(), 1U);
  EXPECT_EQ(report["unanswered"], 0);
  EXPECT_EQ(report["socket_errors"], 0);
  EXPECT_GT(report["latency"]["p50_us"], 0);
  EXPECT_LE(report["latency"]["p50_us"], report["latency"]["p99_us"]);
  EXPECT_LE(report["latency"]["p99_us"], report["latency"]["max_us"]);
  EXPECT_GT(report["server"]["cpu_us_per_request"], 0);
  EXPECT_GT(report["server"]["resident_mib"], 1);
  EXPECT_LE(report["server"]["resident_mib"], report["server"]["peak_mib"]);
  EXPECT_GT(report["generator"]["cpu_us_per_request"], 0);
  // A thousand of the other role on 2,500 square kilometres: 1.26 within 1 km.
  EXPECT_GT(report["matches_mean"], 0.3);
  EXPECT_LT(report["matches_mean"], 3.5);
}

TEST_F(LoadProgramTest, AnOpenLoopSendsAllThatIsDue) {
  test::ServerProcess server{{"--publish=none", "--threads=1"}};
  const std::string target = "127.0.0.1:" + std::to_string(server.port());
  const Ran ran =
      run("--entities 100 --connections 4 --rate 200 --warm-up 100ms --duration 1s --limit 0 " + target);
  ASSERT_EQ(ran.status, 0) << ran.printed;
  EXPECT_EQ(ran.report["requests"], 200);
  EXPECT_EQ(ran.report["matches_mean"], 0);
  EXPECT_TRUE(ran.report["generator"].contains("sent_late_p99_us"));
}

// Coordinated omission: what was due while the server stalled is sent in the end, and counts from when it was
// due.
TEST_F(LoadProgramTest, AStallCountsForAllThatWasDueMeanwhile) {
  const FakeServer server{{.request_end = "\r\n\r\n", .reply = ok, .stall = std::chrono::milliseconds{1200}}};
  const Ran ran = run("--protocol get --entities 1 --connections 1 --rate 100 --warm-up 0s --duration 1s " +
                      server.target());
  ASSERT_EQ(ran.status, 0) << ran.printed;
  EXPECT_EQ(ran.report["requests"], 100);
  EXPECT_EQ(ran.report["unanswered"], 0);
  // The first was due when the stall began, half of them in the 500 ms after that.
  EXPECT_GE(ran.report["latency"]["max_us"], 1'200'000);
  EXPECT_GE(ran.report["latency"]["p50_us"], 700'000);
}

TEST_F(LoadProgramTest, SpeaksToRedis) {
  const FakeServer server{{.request_end = "WITHDIST\r\n",
                           .reply = ":1\r\n*2\r\n*2\r\n$1\r\na\r\n$1\r\n1\r\n*2\r\n$1\r\nb\r\n$1\r\n2\r\n"}};
  const Ran ran =
      run("--protocol redis --entities 10 --connections 1 --rate 100 --warm-up 0s --duration 500ms " +
          server.target());
  ASSERT_EQ(ran.status, 0) << ran.printed;
  EXPECT_EQ(ran.report["requests"], 50);
  EXPECT_EQ(ran.report["status"]["200"], 50);
  EXPECT_EQ(ran.report["matches_mean"], 2);
  EXPECT_EQ(ran.report["reply_bytes_mean"], 44);
}

TEST_F(LoadProgramTest, OpensConnectionsAnewThatTheServerCloses) {
  const std::string last = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
  const FakeServer server{{.request_end = "\r\n\r\n", .reply = last}};
  const Ran ran = run("--protocol get --entities 1 --connections 1 --rate 50 --warm-up 0s --duration 500ms " +
                      server.target());
  EXPECT_EQ(ran.status, 0) << ran.printed;
  EXPECT_EQ(ran.report["requests"], 25);
  EXPECT_GE(ran.report["reopened"], 24);
  EXPECT_NE(ran.printed.find("keep-alive"), std::string::npos) << ran.printed;
}

TEST_F(LoadProgramTest, LosesWhatAClosedConnectionHad) {
  const FakeServer server{{.request_end = "\r\n\r\n", .reply = ok, .replies_a_connection = 10}};
  const Ran ran =
      run("--protocol get --entities 1 --connections 1 --rate 100 --warm-up 0s --duration 500ms " +
          server.target());
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.report["requests"].get<int>() + ran.report["socket_errors"].get<int>(), 50);
  EXPECT_GE(ran.report["socket_errors"], 4);
  EXPECT_NE(ran.printed.find("limits of connections"), std::string::npos) << ran.printed;
}

TEST_F(LoadProgramTest, TellsWhatIsInItsWay) {
  std::string nobody;
  {
    const FakeServer gone{{}};
    nobody = gone.target();
  }
  EXPECT_NE(failure("--entities 10 " + nobody).find("is the server running?"), std::string::npos);
  const FakeServer closes{{.request_end = "\r\n\r\n"}};
  EXPECT_NE(failure("--entities 10 --connections 1 " + closes.target()).find("closed the connection"),
            std::string::npos);
  const FakeServer other{{.request_end = "\r\n\r\n", .reply = "-ERR unknown command\r\n"}};
  EXPECT_NE(failure("--entities 10 --connections 1 " + other.target()).find("isn't HTTP"), std::string::npos);
  const FakeServer http{{.request_end = "GEOADD", .reply = ok}};
  EXPECT_NE(failure("--protocol redis --entities 10 --connections 1 " + http.target()).find("isn't Redis'"),
            std::string::npos);
  const FakeServer unasked{{.request_end = "\r\n\r\n", .reply = ok + ok}};
  EXPECT_NE(failure("--entities 10 --connections 1 " + unasked.target()).find("wasn't asked"),
            std::string::npos);
  EXPECT_NE(failure("--server-pid 2147483647 " + nobody).find("no process"), std::string::npos);
  EXPECT_NE(failure("nowhere").find("HOST:PORT"), std::string::npos);
}

TEST_F(LoadProgramTest, FailsWhereNothingIsAnsweredWell) {
  test::ServerProcess server{{"--publish=none", "--threads=1"}};
  const std::string target = "127.0.0.1:" + std::to_string(server.port());
  const Ran ran =
      run("--path /nowhere --entities 10 --connections 1 --warm-up 0s --duration 100ms " + target);
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.printed.find("first error: 404"), std::string::npos) << ran.printed;
  EXPECT_NE(failure("--path /nowhere --preload --entities 10 --connections 1 " + target)
                .find("refused the preload: 404"),
            std::string::npos);
}

TEST_F(LoadProgramTest, AWrongCommandLineIsOneLineAndStatusTwo) {
  for (const std::string wrong :
       {"", "a:1 --rate 0", "a:1 --duration 0s", "a:1 --duration 10", "a:1 --protocol x",
        "a:1 --with-children", "a:1 --connections 0", "a:1 b:2"}) {
    const Ran ran = run(wrong);
    EXPECT_EQ(ran.status, 2) << wrong;
    EXPECT_TRUE(ran.printed.starts_with("load: ")) << ran.printed;
  }
}

}  // namespace
}  // namespace geomatch::load
