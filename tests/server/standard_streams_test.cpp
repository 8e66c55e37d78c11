// Standard input, output and error as supervisors leave them: closed, full, or with nobody at the other end.
#include <array>
#include <csignal>
#include <filesystem>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "server_process.hpp"
#include "support/connection.hpp"

namespace geomatch {
namespace {

using test::Connection;
using test::Ended;
using test::ServerProcess;

/// A pipe that the test's children get only where it is put.
class Pipe {
 public:
  Pipe() {
    if (pipe2(ends_.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  }
  ~Pipe() {
    close_reader();
    ::close(ends_[1]);
  }

  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  [[nodiscard]] int reader() const noexcept { return ends_[0]; }
  [[nodiscard]] int writer() const noexcept { return ends_[1]; }

  void close_reader() {
    if (ends_[0] >= 0) ::close(std::exchange(ends_[0], -1));
  }

  /// Nobody reads: the next write waits.
  void fill() {
    // Not through the pipe's own description, which the server is to find as a supervisor would leave it.
    const std::string name = "/proc/self/fd/" + std::to_string(writer());
    const int file = ::open(name.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    const std::array<char, 4096> chunk{};
    while (::write(file, chunk.data(), chunk.size()) > 0) {
    }
    ::close(file);
  }

 private:
  std::array<int, 2> ends_{};
};

test::PrepareChild put(const Pipe& pipe, std::vector<int> places) {
  return [writer = pipe.writer(), places = std::move(places)] {
    for (const int place : places) dup2(writer, place);
  };
}

double lines_dropped(const ServerProcess& server) {
  const std::string page = Connection{server.admin_port()}.request("GET", "/metrics").body;
  const std::string name = "\ngeomatch_log_lines_dropped_total ";
  const auto at = page.find(name);
  return at == std::string::npos ? -1 : std::stod(page.substr(at + name.size()));
}

TEST(StandardStreams, TheReaderOfTheLogGoesAway) {
  Pipe log;
  log.close_reader();
  ServerProcess server{{"--publish=none"}, put(log, {STDERR_FILENO})};
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Connection{server.port()}.post(test::some_post).status, 200);
  EXPECT_GE(lines_dropped(server), 0);
  EXPECT_EQ(server.terminate().status, 0);
}

TEST(StandardStreams, TheReaderOfTheLogStalls) {
  Pipe log;
  log.fill();
  ServerProcess server{{"--publish=none", "--log-level=trace"}, put(log, {STDERR_FILENO})};
  Connection phone{server.port()};
  for (int i = 0; i < 100; ++i) EXPECT_EQ(phone.post(test::some_post).status, 200);
  EXPECT_EQ(server.terminate().status, 0);
}

TEST(StandardStreams, TheReaderOfTheLogComesBack) {
  Pipe log;
  log.fill();
  ServerProcess server{{"--publish=none"}, put(log, {STDERR_FILENO})};
  for (std::array<char, 4096> chunk{};;) {  // until its first line comes, after what the pipe was filled with
    const ssize_t got = ::read(log.reader(), chunk.data(), chunk.size());
    ASSERT_GT(got, 0);
    if (std::string_view{chunk.data(), static_cast<std::size_t>(got)}.find('\n') != std::string_view::npos)
      break;
    server.signal(SIGHUP);  // for there to be a line
  }
  EXPECT_EQ(server.terminate().status, 0);
}

TEST(StandardStreams, TheReaderOfTheFirstLineGoesAway) {
  Pipe out;
  out.close_reader();
  auto server = ServerProcess::unread({"--publish=none"}, put(out, {STDOUT_FILENO}));
  EXPECT_EQ(Connection{server.port()}.post(test::some_post).status, 200);
  EXPECT_EQ(server.terminate().status, 0);
}

TEST(StandardStreams, TheReaderOfTheFirstLineStalls) {
  Pipe out;
  out.fill();
  auto server = ServerProcess::unread({"--publish=none"}, put(out, {STDOUT_FILENO}));
  EXPECT_EQ(Connection{server.port()}.post(test::some_post).status, 200);
  server.signal(SIGHUP);  // the main thread goes on as well
  while (server.err().find("SIGHUP") == std::string::npos) ASSERT_FALSE(server.ends_within(5));
  const Ended ended = server.terminate();
  EXPECT_EQ(ended.status, 0) << ended.err;
}

TEST(StandardStreams, NobodyReadsWhyItEnds) {
  for (const bool stalled : {false, true}) {
    Pipe both;
    stalled ? both.fill() : both.close_reader();
    const auto prepare = put(both, {STDOUT_FILENO, STDERR_FILENO});
    EXPECT_EQ(ServerProcess::run({"--publish=sqlite:/no/such/folder/x.db"}, prepare).status, 1) << stalled;
    EXPECT_EQ(ServerProcess::run({"--threads=0"}, prepare).status, 2) << stalled;
    EXPECT_EQ(ServerProcess::run({"--help"}, prepare).status, 0) << stalled;
  }
}

class ClosedStreamsTest : public testing::TestWithParam<std::vector<int>> {};

// Else the journal's lock or a phone's socket would be there, and log lines would go to it.
TEST_P(ClosedStreamsTest, AreTheNullDevice) {
  const std::vector<int>& closed = GetParam();
  auto server = ServerProcess::unread({"--publish=none"}, [closed] {
    for (const int stream : closed) ::close(stream);
  });
  EXPECT_EQ(Connection{server.port()}.post(test::some_post).status, 200);
  const auto streams = std::filesystem::path{"/proc"} / std::to_string(server.pid()) / "fd";
  for (const int stream : closed) {
    EXPECT_EQ(std::filesystem::read_symlink(streams / std::to_string(stream)), "/dev/null");
  }
  EXPECT_EQ(server.terminate().status, 0);
}

INSTANTIATE_TEST_SUITE_P(StandardStreams, ClosedStreamsTest,
                         testing::Values(std::vector{0}, std::vector{1}, std::vector{2},
                                         std::vector{0, 1, 2}));

}  // namespace
}  // namespace geomatch
