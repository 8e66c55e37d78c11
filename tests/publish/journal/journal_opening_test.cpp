// What a journal says to files it can't use: one line, with the remedy.
#include <fstream>

#include <gmock/gmock.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "journal/journal_lock.hpp"
#include "journal_fixture.hpp"

namespace geomatch::publish {
namespace {

using testing::AllOf;
using testing::HasSubstr;

using JournalOpeningTest = JournalFixture;

std::string lock_name(const std::filesystem::path& path) {
  return path.string() + ".lock";
}

TEST_F(JournalOpeningTest, ASecondOneIsRefused) {
  auto first = open();
  EXPECT_THAT(failure_to_open(), AllOf(HasSubstr(path_.string()),
                                       HasSubstr("process " + std::to_string(getpid()) + " is serving"),
                                       HasSubstr("stop that, or name another file to --publish")));
  EXPECT_EQ(outcome_of(*first, record("a", "1")), Outcome::published) << "the first isn't harmed";
  first.reset();
  EXPECT_EQ(failure_to_open(), "");
}

TEST_F(JournalOpeningTest, ASecondOneByAnotherNameIsRefused) {
  const auto first = open();
  std::filesystem::create_symlink(path_, folder_ / "link.db");
  EXPECT_THAT(failure_to_open({.file = folder_ / "link.db"}), HasSubstr("is serving from it"));
  std::filesystem::create_directory_symlink(path_.parent_path(), folder_ / "other");
  EXPECT_THAT(failure_to_open({.file = folder_ / "other" / "journal.db"}), HasSubstr("is serving from it"));
}

TEST_F(JournalOpeningTest, AnotherProcessesLockEndsWithIt) {
  int pipes[2];
  ASSERT_EQ(pipe(pipes), 0);
  const pid_t child = fork();
  if (child == 0) {
    const JournalLock lock{path_};
    static_cast<void>(write(pipes[1], "x", 1));
    pause();
  }
  char locked = 0;
  ASSERT_EQ(read(pipes[0], &locked, 1), 1);
  EXPECT_THAT(failure_to_open(), HasSubstr("process " + std::to_string(child) + " is serving"));
  kill(child, SIGKILL);
  ASSERT_EQ(waitpid(child, nullptr, 0), child);
  EXPECT_TRUE(std::filesystem::exists(lock_name(path_)));
  EXPECT_EQ(failure_to_open(), "");
  close(pipes[0]);
  close(pipes[1]);
}

TEST_F(JournalOpeningTest, AStaleLockFileIsNoObstacle) {
  std::ofstream{lock_name(path_)} << "1\n";
  EXPECT_EQ(failure_to_open(), "");
  std::ofstream{lock_name(path_)} << "what is this";
  EXPECT_EQ(failure_to_open(), "");
}

TEST_F(JournalOpeningTest, ALockFileWithoutAProcessStillLocks) {
  const auto first = open();
  std::filesystem::resize_file(lock_name(path_), 0);
  EXPECT_THAT(failure_to_open(), HasSubstr("another process is serving from it"));
}

TEST_F(JournalOpeningTest, AnOperatorCanQueryMeanwhile) {
  const auto journal = open();
  EXPECT_EQ(outcome_of(*journal, record("a", "1")), Outcome::published);
  EXPECT_EQ(OperatorsShell{path_}.value("SELECT value FROM records"), "1");
  EXPECT_EQ(outcome_of(*journal, record("a", "2")), Outcome::published);
  EXPECT_EQ(OperatorsShell{path_}.value("SELECT count(*) FROM records"), "2");
}

TEST_F(JournalOpeningTest, ANameThatSqliteWouldTakeForMemoryIsAFile) {
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(path_.parent_path());
  EXPECT_EQ(failure_to_open({.file = ":memory:"}), "");
  std::filesystem::current_path(before);
  EXPECT_TRUE(std::filesystem::exists(folder_ / ":memory:"));
}

TEST_F(JournalOpeningTest, NeedsAFolder) {
  EXPECT_THAT(failure_to_open({.file = folder_ / "no/such/folder.db"}),
              AllOf(HasSubstr("No such file or directory"), HasSubstr("--publish sqlite:FILE takes")));
}

TEST_F(JournalOpeningTest, RefusesAFolder) {
  std::filesystem::create_directory(path_);
  EXPECT_THAT(failure_to_open(), HasSubstr("it is a folder; --publish sqlite:FILE takes a file"));
}

TEST_F(JournalOpeningTest, RefusesOtherFiles) {
  for (const std::string& text : {std::string{"short\n"}, std::string(5000, 'x'),
                                  std::string("SQLite format 4") + std::string(500, '\0')}) {
    std::ofstream{path_} << text;
    EXPECT_THAT(failure_to_open(), HasSubstr("it is no journal: name another file to --publish"));
    EXPECT_EQ(std::filesystem::file_size(path_), text.size()) << "it is left alone";
  }
}

TEST_F(JournalOpeningTest, RefusesAnotherDatabase) {
  ASSERT_TRUE(OperatorsShell{path_}.run("CREATE TABLE t (a)"));
  EXPECT_THAT(failure_to_open(), HasSubstr("not a geomatch journal; name another file to --publish"));
  EXPECT_EQ(OperatorsShell{path_}.value("PRAGMA journal_mode"), "delete") << "it is left alone";
}

TEST_F(JournalOpeningTest, RefusesANewerVersion) {
  open();
  ASSERT_TRUE(OperatorsShell{path_}.run("PRAGMA user_version = 3"));
  EXPECT_THAT(failure_to_open(), AllOf(HasSubstr("version 3, this server writes version 2"),
                                       HasSubstr("start the server that wrote it, or name another file")));
}

TEST_F(JournalOpeningTest, RefusesADamagedOne) {
  {
    auto journal = open();
    publish_all(*journal, std::vector<Record>(1000, record("a", std::string(200, 'x'))));
  }
  std::fstream file{path_, std::ios::in | std::ios::out | std::ios::binary};
  file.seekp(8192);  // behind the page of the schema: the roots of both tables
  file << std::string(std::size_t{2} * 8192, '\xff');
  file.close();
  EXPECT_THAT(failure_to_open(),
              HasSubstr("it is damaged: restore a copy, or move it and its -wal file away"));
}

TEST_F(JournalOpeningTest, RefusesAFileThatIsHeld) {
  open();
  OperatorsShell shell{path_};
  ASSERT_TRUE(shell.run("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE"));
  EXPECT_THAT(failure_to_open(), HasSubstr("another program is writing to it: end its transaction"));
}

// Nobody is kept from anything by permissions where the tests run as root.
class JournalPermissionsTest : public JournalFixture {
 protected:
  void SetUp() override {
    if (geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  }
  ~JournalPermissionsTest() override {
    std::filesystem::permissions(path_.parent_path(), std::filesystem::perms::owner_all);
  }
};

TEST_F(JournalPermissionsTest, RefusesAReadOnlyFile) {
  open();
  std::filesystem::permissions(path_, std::filesystem::perms::owner_read);
  EXPECT_THAT(failure_to_open(), HasSubstr("both of which the server may write to"));
}

TEST_F(JournalPermissionsTest, RefusesAReadOnlyFolder) {
  std::filesystem::permissions(path_.parent_path(),
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  EXPECT_THAT(failure_to_open(), HasSubstr("both of which the server may write to"));
}

// A disk of half a mebibyte, where mounting is allowed.
class SmallDiskTest : public JournalFixture {
 protected:
  void SetUp() override {
    std::filesystem::create_directory(disk_);
    if (mount("tmpfs", disk_.c_str(), "tmpfs", 0, "size=512k") != 0) GTEST_SKIP() << "mounting isn't allowed";
    mounted_ = true;
    path_ = disk_ / "journal.db";
  }
  ~SmallDiskTest() override {
    if (mounted_) umount2(disk_.c_str(), MNT_DETACH);
  }

  void fill() const {
    std::ofstream ballast{disk_ / "ballast"};
    while (ballast << std::string(4096, 'x') << std::flush) {
    }
  }

  const std::filesystem::path disk_ = folder_ / "disk";
  bool mounted_ = false;
};

TEST_F(SmallDiskTest, AFullDiskIsSaidAtStart) {
  fill();
  EXPECT_THAT(failure_to_open(), HasSubstr("make room on its disk"));
}

TEST_F(SmallDiskTest, AFullDiskPasses) {
  auto journal = open();
  const std::string value(2000, 'x');
  Outcome outcome = Outcome::published;
  while (outcome == Outcome::published) outcome = outcome_of(*journal, record("a", value));
  EXPECT_EQ(outcome, Outcome::not_published);
  EXPECT_THAT(journal->unavailable_reason(), HasSubstr("make room on its disk"));
  EXPECT_EQ(replay(), recorder_.published());
  ASSERT_EQ(mount("tmpfs", disk_.c_str(), "tmpfs", MS_REMOUNT, "size=4m"), 0);
  ASSERT_TRUE(await([&] { return journal->unavailable_reason().empty(); }));
  EXPECT_EQ(outcome_of(*journal, record("b", value)), Outcome::published);
  EXPECT_EQ(replay(), recorder_.published());
  journal.reset();
  EXPECT_EQ(failure_to_open(), "");
  EXPECT_EQ(replay(), recorder_.published());
}

}  // namespace
}  // namespace geomatch::publish
