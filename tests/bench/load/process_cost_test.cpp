#include "load/process_cost.hpp"

#include <csignal>
#include <ctime>
#include <stdexcept>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace geomatch::load {
namespace {

using namespace std::chrono_literals;

// Until this thread was on a core for so long.
void burn(std::chrono::nanoseconds time) {
  const auto spent = [] {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec};
  };
  for (const auto end = spent() + time; spent() < end;) {
  }
}

// A process that waits to be killed.
class Child {
 public:
  Child() : pid_(fork()) {
    if (pid_ == 0) {
      for (;;) pause();
    }
  }
  ~Child() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }

 private:
  pid_t pid_;
};

TEST(ProcessCostTest, HasTheTimeOnACoreAndTheMemory) {
  const ProcessCost before = process_cost({getpid()}, false);
  burn(100ms);
  const ProcessCost after = process_cost({getpid()}, false);
  // The kernel adds up at its ticks, of 10 ms at most.
  EXPECT_GE(after.cpu - before.cpu, 80ms);
  EXPECT_GE(after.user_ticks + after.system_ticks, before.user_ticks + before.system_ticks + 8);
  EXPECT_GT(after.resident_bytes, 100'000U);
  EXPECT_GE(after.peak_bytes, after.resident_bytes);
}

TEST(ProcessCostTest, AddsUpProcessesAndThoseThatDescendFromThem) {
  const Child child;
  const std::uint64_t own = process_cost({getpid()}, false).resident_bytes;
  const std::uint64_t childs = process_cost({child.pid()}, false).resident_bytes;
  EXPECT_GT(childs, 0U);
  EXPECT_GT(process_cost({getpid()}, true).resident_bytes, own + childs / 2);
  EXPECT_GT(process_cost({getpid(), child.pid()}, false).resident_bytes, own + childs / 2);
  EXPECT_LT(process_cost({getpid(), child.pid()}, true).resident_bytes, own + childs + own / 2)
      << "each once";
}

TEST(ProcessCostTest, ThereHasToBeOne) {
  EXPECT_THROW((void)process_cost({2'147'483'647}, false), std::runtime_error);
}

}  // namespace
}  // namespace geomatch::load
