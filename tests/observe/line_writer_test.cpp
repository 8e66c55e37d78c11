#include "line_writer.hpp"

#include <array>
#include <csignal>
#include <string>
#include <utility>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <geomatch/observe/logging.hpp>
#include <geomatch/observe/write_within.hpp>

namespace geomatch::observe {
namespace {

class LineWriterTest : public testing::Test {
 protected:
  LineWriterTest() {
    std::signal(SIGPIPE, SIG_IGN);
    if (pipe2(pipe_.data(), O_CLOEXEC) != 0) ADD_FAILURE() << "no pipe";
  }
  ~LineWriterTest() override {
    for (const int end : pipe_) {
      if (end >= 0) ::close(end);
    }
  }

  // Nobody reads from here on: what is written waits.
  void fill() {
    make_non_blocking(true);
    const std::array<char, 4096> chunk{};
    while (::write(pipe_[1], chunk.data(), chunk.size()) > 0) {
    }
    make_non_blocking(false);
  }

  void make_non_blocking(bool non_blocking) { fcntl(pipe_[1], F_SETFL, non_blocking ? O_NONBLOCK : 0); }

  // What comes through, up to the end of `last` or of the pipe.
  [[nodiscard]] std::string read_until(const std::string& last) {
    std::string text;
    std::array<char, 4096> chunk{};
    while (!text.ends_with(last)) {
      const ssize_t got = ::read(pipe_[0], chunk.data(), chunk.size());
      if (got <= 0) break;
      text.append(chunk.data(), static_cast<std::size_t>(got));
    }
    return text;
  }

  std::array<int, 2> pipe_{};
  const std::uint64_t dropped_before_ = Logging::dropped_lines();
};

TEST_F(LineWriterTest, WritesAllInOrder) {
  std::string all;
  LineWriter writer{pipe_[1]};
  for (int i = 0; i < 1000; ++i) {
    const std::string line = std::to_string(i) + '\n';
    writer.write(line);
    all += line;
  }
  EXPECT_EQ(read_until("\n999\n"), all);
  EXPECT_EQ(Logging::dropped_lines(), dropped_before_);
}

TEST_F(LineWriterTest, WritesWhatIsLeftAtItsEnd) {
  { LineWriter{pipe_[1]}.write("the last\n"); }
  EXPECT_EQ(read_until("\n"), "the last\n");
}

TEST_F(LineWriterTest, DropsTheOldestWhenNobodyReads) {
  fill();
  LineWriter writer{pipe_[1]};
  constexpr std::size_t more = 5;
  for (std::size_t i = 0; i < LineWriter::max_waiting + 1 + more; ++i) writer.write("a line\n");
  writer.write("the last\n");
  // One line may be in the thread's hands.
  EXPECT_GE(Logging::dropped_lines(), dropped_before_ + more);
  EXPECT_TRUE(read_until("the last\n").ends_with("the last\n")) << "and goes on when somebody does";
}

TEST_F(LineWriterTest, EndsThoughNobodyReads) {
  fill();
  {
    LineWriter writer{pipe_[1]};
    for (int i = 0; i < 10; ++i) writer.write("never read\n");
  }
  EXPECT_GE(Logging::dropped_lines(), dropped_before_ + 9);
  ::close(std::exchange(pipe_[0], -1));  // the thread that was left behind ends
  pipe_[1] = -1;                         // but for a while it has this still, as it would standard error
}

TEST_F(LineWriterTest, WaitsForADescriptorThatDoesNot) {
  fill();
  make_non_blocking(true);
  LineWriter writer{pipe_[1]};
  writer.write("the last\n");
  EXPECT_TRUE(read_until("the last\n").ends_with("the last\n"));
}

TEST_F(LineWriterTest, WriteWithinGivesUp) {
  constexpr std::chrono::milliseconds patience{1};
  EXPECT_TRUE(write_within(pipe_[1], "said\n", patience));
  EXPECT_EQ(read_until("\n"), "said\n");
  fill();
  EXPECT_FALSE(write_within(pipe_[1], "not said", patience));
  ::close(std::exchange(pipe_[0], -1));
  EXPECT_FALSE(write_within(pipe_[1], "not said", patience));
}

}  // namespace
}  // namespace geomatch::observe
