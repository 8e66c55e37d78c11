// The limits that a supervisor, a container or a shell sets: it works within them, or says in a line which
// one is too low; it is never killed by one, and an accepted setting never is too much for a part.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <tuple>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log_contents.hpp"
#include "server_process.hpp"
#include "support/connection.hpp"
#include "support/scale.hpp"
#include "support/temporary_folder.hpp"

namespace geomatch {
namespace {

using test::Answer;
using test::Connection;
using test::Ended;
using test::ServerProcess;

test::PrepareChild limit(decltype(RLIMIT_FSIZE) which, rlim_t soft, rlim_t hard) {
  return [=] {
    const rlimit limits{.rlim_cur = soft, .rlim_max = hard};
    setrlimit(which, &limits);
  };
}

test::PrepareChild limit(decltype(RLIMIT_FSIZE) which, rlim_t most) {
  return limit(which, most, most);
}

void expect_one_line_of(const Ended& ended, const std::string& remedy) {
  EXPECT_EQ(ended.status, 1) << ended.err;
  EXPECT_EQ(ended.out, "");
  EXPECT_NE(ended.err.find(remedy), std::string::npos) << ended.err;
  EXPECT_EQ(std::ranges::count(ended.err, '\n'), 1) << ended.err;
}

TEST(Threads, AsManyAsTheSettingTakesUseTheMap) {
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  const std::size_t threads = test::sanitizer_slowdown == 1 ? 1024 : 200;
  ServerProcess server{{"--publish=none", "--threads=" + std::to_string(threads)}};
  std::vector<std::unique_ptr<Connection>> phones;  // as they come, the first for the first thread and so on
  for (std::size_t i = 0; i < threads + 60; ++i) {
    phones.push_back(std::make_unique<Connection>(server.port()));
    ASSERT_EQ(phones.back()->post(test::some_post).status, 200) << "connection " << i;
  }
  EXPECT_EQ(server.terminate().status, 0);
}

// With each number of threads that it may have: it serves, or it says why it can't.
TEST(Threads, TooFewAreSaidBeforeItServes) {
  constexpr uid_t somebody = 54'321;  // nobody else's processes count for this one
  if (geteuid() != 0) GTEST_SKIP() << "limits of processes are tried by root only";
  if (ServerProcess::run({"--version"}, [] { std::ignore = setuid(somebody); }).status != 0) {
    GTEST_SKIP() << "only root may execute it here";
  }
  const test::TemporaryFolder folder;
  std::filesystem::permissions(folder / "", std::filesystem::perms::all);
  bool has_failed = false;
  bool has_served = false;
  for (rlim_t most = 1; !has_served && most < 64; ++most) {
    const auto prepare = [=] {
      setenv("ASAN_OPTIONS", "detect_leaks=0", 1);  // its search takes a process of its own
      limit(RLIMIT_NPROC, most)();
      std::ignore = setuid(somebody);
    };
    const std::string journal = (folder / ("journal-" + std::to_string(most))).string();
    std::vector<std::string> flags{"--threads=4", "--publish=sqlite:" + journal};
    try {
      ServerProcess server{flags, prepare};
      EXPECT_EQ(Connection{server.port()}.post(test::some_post).status, 200) << most << " threads";
      EXPECT_EQ(server.terminate().status, 0) << most << " threads";
      has_served = true;
    } catch (const std::runtime_error&) {
      flags.insert(flags.end(), {"--listen=127.0.0.1:0", "--admin-listen=127.0.0.1:0"});
      expect_one_line_of(ServerProcess::run(flags, prepare), "ulimit -u");
      has_failed = true;
    }
  }
  EXPECT_TRUE(has_failed);
  EXPECT_TRUE(has_served);
}

TEST(FileSize, AJournalThatMayNotGrowIsAFullDisk) {
  const test::TemporaryFolder folder;
  const auto journal = folder / "journal.db";
  ServerProcess server{{"--publish=sqlite:" + journal.string()},
                       limit(RLIMIT_FSIZE, 512 * 1024, RLIM_INFINITY)};
  Connection phone{server.port()};
  const auto send = [&](int number) {
    return phone.post(R"({"id":")" + std::to_string(number) +
                      R"(","lat":1,"lon":2,"limit":0,"attributes":{"x":")" + std::string(2000, 'x') +
                      R"("}})");
  };
  std::vector<std::string> accepted;
  int number = 0;
  const auto expect_truth = [&](const Answer& answer) {
    if (answer.status == 200) return accepted.push_back(std::to_string(number));
    EXPECT_EQ(answer.status, 503) << answer.body;
    EXPECT_NE(answer.body.find("not_published"), std::string::npos) << answer.body;
  };
  Connection admin{server.admin_port()};
  Answer ready;
  // It may find room for a smaller record once more.
  for (; (ready = admin.request("GET", "/readyz")).status == 200; ++number) expect_truth(send(number));
  EXPECT_NE(ready.body.find("ulimit -f"), std::string::npos) << ready.body;
  EXPECT_FALSE(accepted.empty());

  const rlimit raised{.rlim_cur = RLIM_INFINITY, .rlim_max = RLIM_INFINITY};
  ASSERT_EQ(prlimit(server.pid(), RLIMIT_FSIZE, &raised, nullptr), 0);
  for (const std::size_t before = accepted.size(); accepted.size() == before; ++number)
    expect_truth(send(number));
  EXPECT_EQ(server.terminate().status, 0);
  std::vector<std::string> logged;
  for (const publish::Record& record : test::journal_contents(journal)) logged.push_back(record.key);
  EXPECT_EQ(logged, accepted);
}

TEST(FileSize, TooSmallForAJournalIsSaid) {
  const test::TemporaryFolder folder;
  expect_one_line_of(ServerProcess::run({"--listen=127.0.0.1:0", "--admin-listen=127.0.0.1:0",
                                         "--publish=sqlite:" + (folder / "journal.db").string()},
                                        limit(RLIMIT_FSIZE, 4096)),
                     "ulimit -f");
}

TEST(OpenFiles, TooFewToServeIsSaid) {
  for (const rlim_t most : {8, 12, 16, 24}) {
    expect_one_line_of(ServerProcess::run({"--listen=127.0.0.1:0", "--admin-listen=127.0.0.1:0",
                                           "--publish=none", "--threads=4"},
                                          limit(RLIMIT_NOFILE, most)),
                       "ulimit -n");
  }
}

// Phones can't take the descriptors that the operators' side and the log need.
TEST(OpenFiles, PhonesBeyondTheLimitAreRefusedAndOperatorsAreNot) {
  const test::TemporaryFolder folder;
  ServerProcess server{{"--publish=sqlite:" + (folder / "journal.db").string(), "--threads=2"},
                       limit(RLIMIT_NOFILE, 128)};
  std::vector<std::unique_ptr<Connection>> phones;
  int status = 200;
  while (status == 200 && phones.size() < 200) {
    phones.push_back(std::make_unique<Connection>(server.port()));
    status = phones.back()->post(test::some_post).status;
  }
  EXPECT_EQ(status, 503) << "phone " << phones.size();
  EXPECT_GT(phones.size(), 30U);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(Connection{server.port()}.post(test::some_post).status, 503);
  EXPECT_EQ(Connection{server.admin_port()}.request("GET", "/readyz").status, 200);
  EXPECT_EQ(phones.front()->post(test::some_post).status, 200);
  EXPECT_NE(server.err().find("ulimit -n"), std::string::npos) << server.err();
  EXPECT_EQ(server.terminate().status, 0);
}

TEST(Memory, TooLittleAddressSpaceForTheMapIsSaid) {
  if (test::sanitizer_slowdown != 1) GTEST_SKIP() << "sanitizers take more address space than any limit";
  expect_one_line_of(ServerProcess::run({"--listen=127.0.0.1:0", "--admin-listen=127.0.0.1:0",
                                         "--publish=none", "--max-entities=50000000"},
                                        limit(RLIMIT_AS, rlim_t{4} << 30)),
                     "--max-entities");
}

TEST(Memory, SmallStacksAreEnough) {
  ServerProcess server{{"--publish=none"}, limit(RLIMIT_STACK, 256 * 1024, RLIM_INFINITY)};
  EXPECT_EQ(Connection{server.port()}.post(test::some_post).status, 200);
  EXPECT_EQ(server.terminate().status, 0);
}

TEST(WorkingDirectory, OneThatIsGoneIsSaid) {
  const test::TemporaryFolder folder;
  const std::string gone = (folder / "gone").string();
  expect_one_line_of(ServerProcess::run({"--listen=127.0.0.1:0", "--admin-listen=127.0.0.1:0",
                                         "--publish=sqlite:journal.db"},
                                        [gone] {
                                          mkdir(gone.c_str(), 0700);
                                          std::ignore = chdir(gone.c_str());
                                          rmdir(gone.c_str());
                                        }),
                     "--publish");
}

}  // namespace
}  // namespace geomatch
