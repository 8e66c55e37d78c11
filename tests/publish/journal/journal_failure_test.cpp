// Disks that fail, at each place there is: what was told is true afterwards, and the journal comes back.
#include <algorithm>
#include <random>

#include <gmock/gmock.h>

#include "faulty_vfs.hpp"
#include "journal_fixture.hpp"
#include "support/command_output.hpp"
#include "support/scale.hpp"
#include "support/seed.hpp"

namespace geomatch::publish {
namespace {

using Operation = FaultyVfs::Operation;

class JournalFailureTest : public JournalFixture {
 protected:
  // What is published is in the file, in its order; what is not_published isn't; the rest may be.
  void expect_truth(const std::vector<Record>& in_file) {
    std::vector<std::string> published;
    std::vector<std::string> unknown;
    for (const auto& [record, outcome] : recorder_.completed()) {
      if (outcome == Outcome::published) published.push_back(*record.value);
      if (outcome == Outcome::unknown) unknown.push_back(*record.value);
    }
    std::vector<std::string> found;
    for (const Record& record : in_file) {
      if (std::ranges::find(unknown, *record.value) == unknown.end()) found.push_back(*record.value);
    }
    EXPECT_EQ(found, published);
  }

  // As they would be after a crash at this moment: of copies, so that nothing here tidies up first. By a
  // program of its own: closing a file here would drop the locks on it.
  std::vector<Record> after_a_crash() const {
    const test::TemporaryFolder copy;
    test::command_output("cp " + path_.string() + " " + path_.string() + "-wal " + (copy / "").string() +
                         " 2>/dev/null");
    std::vector<Record> records;
    OperatorsShell{copy / "journal.db"}.run("SELECT count(*) FROM records");  // a reader can't recover alone
    SqliteReader{copy / "journal.db"}.replay({}, [&](const Record& r) { records.push_back(r); });
    return records;
  }

  Record next() { return record("a", std::to_string(number_++) + std::string(300, 'x')); }

  FaultyVfs disk_;
  int number_ = 0;
};

struct Fault {
  const char* name;
  Operation operation;
  int result;
  Outcome outcome;
  int error = EIO;
};

class EachFaultTest : public JournalFailureTest, public testing::WithParamInterface<Fault> {};

TEST_P(EachFaultTest, IsToldTrulyAndPasses) {
  const auto& [name, operation, result, expected, error] = GetParam();
  auto journal = open();
  EXPECT_EQ(outcome_of(*journal, next()), Outcome::published);
  for (const int after : {0, 1, 2, 3, 0, 4, 0}) {
    disk_.fail(operation, "-wal", result, after, error);
    Outcome outcome = Outcome::published;
    while (outcome == Outcome::published) outcome = outcome_of(*journal, next());
    EXPECT_EQ(outcome, expected);
    EXPECT_NE(journal->unavailable_reason(), "");
    EXPECT_FALSE(journal->publish(make(next()))) << "while it is known to fail";
    expect_truth(after_a_crash());
    const int failures = disk_.failures();
    EXPECT_TRUE(await([&] { return disk_.failures() > failures; })) << "it tries by itself";
    disk_.heal();
    EXPECT_TRUE(await([&] { return journal->unavailable_reason().empty(); })) << "without any post";
    EXPECT_EQ(outcome_of(*journal, next()), Outcome::published);
    expect_truth(replay());
    expect_truth(after_a_crash());
  }
  journal.reset();
  expect_truth(replay());
}

INSTANTIATE_TEST_SUITE_P(
    Disk, EachFaultTest,
    testing::Values(
        Fault{"WriteError", Operation::write, SQLITE_IOERR_WRITE, Outcome::unknown},
        Fault{"WriteBeyondTheFileSize", Operation::write, SQLITE_IOERR_WRITE, Outcome::not_published, EFBIG},
        Fault{"WriteBeyondTheQuota", Operation::write, SQLITE_IOERR_WRITE, Outcome::not_published, EDQUOT},
        Fault{"SyncBeyondTheQuota", Operation::sync, SQLITE_IOERR_FSYNC, Outcome::unknown, EDQUOT},
        Fault{"WriteFull", Operation::write, SQLITE_FULL, Outcome::not_published},
        Fault{"SyncError", Operation::sync, SQLITE_IOERR_FSYNC, Outcome::unknown}),
    [](const auto& fault) { return fault.param.name; });

TEST_F(JournalFailureTest, ALongChainOfCommitsWithFailuresInBetween) {
  std::mt19937_64 random{test::seed()};
  constexpr std::array<Fault, 4> faults{{{"", Operation::write, SQLITE_IOERR_WRITE, {}},
                                         {"", Operation::write, SQLITE_IOERR_WRITE, {}, EFBIG},
                                         {"", Operation::write, SQLITE_FULL, {}},
                                         {"", Operation::sync, SQLITE_IOERR_FSYNC, {}}}};
  auto journal = open();
  for (std::size_t round = 0; round < test::scaled(40); ++round) {
    const Fault& fault = faults[random() % faults.size()];
    disk_.fail(fault.operation, random() % 4 == 0 ? ".db" : "-wal", fault.result,
               static_cast<int>(random() % 100), fault.error);
    // Of very different lengths: a short one leaves a failed long one's frames behind it.
    for (int commit = 0; commit < 10; ++commit) {
      std::size_t accepted = 0;
      for (auto records = random() % 2 == 0 ? 1 : random() % 300; records != 0; --records) {
        accepted += journal->publish(make(next())) ? 1 : 0;
      }
      accepted_ += accepted;
      ASSERT_TRUE(recorder_.await_completed(accepted_));
    }
    expect_truth(after_a_crash());
    disk_.heal();
    ASSERT_TRUE(await([&] { return journal->unavailable_reason().empty(); }));
    EXPECT_EQ(outcome_of(*journal, next()), Outcome::published);
    expect_truth(after_a_crash());
  }
  journal.reset();
  expect_truth(replay());
  EXPECT_EQ(OperatorsShell{path_}.value("PRAGMA integrity_check"), "ok");
}

TEST_F(JournalFailureTest, AMarkThatWasRolledBackLeavesNoRecordOut) {
  auto journal = open();
  for (int i = 0; i < 4095; ++i) ASSERT_TRUE(journal->publish(make(record("a", "late", seconds{1000}))));
  accepted_ += 4095;
  ASSERT_TRUE(recorder_.await_completed(accepted_));
  disk_.fail(Operation::write, "-wal", SQLITE_FULL);
  EXPECT_EQ(outcome_of(*journal, record("a", "with a mark")), Outcome::not_published);
  disk_.heal();
  ASSERT_TRUE(await([&] { return journal->unavailable_reason().empty(); }));
  std::vector<Record> early(10'000, record("a", "early", seconds{1}));
  publish_all(*journal, std::move(early));
  EXPECT_EQ(replay(seconds{1000}).size(), 4095U + 10'000U);
  EXPECT_LE(replay(seconds{1001}).size(), 4096U);
}

TEST_F(JournalFailureTest, ACheckpointThatFailsLosesNothing) {
  auto journal = open();
  disk_.fail(Operation::sync, ".db", SQLITE_IOERR_FSYNC);
  const std::string value(4000, 'x');
  while (disk_.failures() < 2) {
    std::vector<Record> records;
    for (int i = 0; i < 500; ++i) records.push_back(record("a", std::to_string(number_++) + value));
    publish_all(*journal, std::move(records));
  }
  EXPECT_EQ(recorder_.count(Outcome::published), accepted_);
  EXPECT_EQ(journal->unavailable_reason(), "") << "records are on disk in the -wal file";
  disk_.heal();
  EXPECT_EQ(outcome_of(*journal, next()), Outcome::published);
  expect_truth(after_a_crash());
  journal.reset();
  expect_truth(replay());
}

TEST_F(JournalFailureTest, ATruncationThatFailsHurtsNothing) {
  auto journal = open();
  disk_.fail(Operation::truncate, "-wal", SQLITE_IOERR_TRUNCATE);
  EXPECT_EQ(outcome_of(*journal, next()), Outcome::published);
  journal.reset();  // would cut the -wal file off
  disk_.heal();
  expect_truth(replay());
  EXPECT_EQ(failure_to_open(), "");
}

TEST_F(JournalFailureTest, StartsOnADiskThatFailsWithOneLine) {
  for (const auto& [result, remedy] : std::vector<std::pair<int, const char*>>{
           {SQLITE_FULL, "make room on its disk"}, {SQLITE_IOERR_WRITE, "see what the system's log says"}}) {
    for (int after = 0; after < 8; ++after) {
      const JournalSettings fresh{.file = folder_ /
                                          (std::to_string(result) + "-" + std::to_string(after) + ".db")};
      disk_.fail(Operation::write, "", result, after);
      const std::string failure = failure_to_open(fresh);
      EXPECT_TRUE(after > 0 || !failure.empty());
      if (!failure.empty()) {
        EXPECT_THAT(failure, testing::HasSubstr(remedy));
      }
      disk_.heal();
      EXPECT_EQ(failure_to_open(fresh), "") << "it is fit for use afterwards";
    }
  }
}

TEST_F(JournalFailureTest, StopSettlesEverythingWhileTheDiskFails) {
  auto journal = open();
  disk_.fail(Operation::sync, "-wal", SQLITE_IOERR_FSYNC);
  for (int i = 0; i < 1000; ++i) accepted_ += journal->publish(make(next())) ? 1 : 0;
  journal->stop(seconds{10});
  ASSERT_TRUE(recorder_.await_completed(accepted_));
  EXPECT_EQ(recorder_.count(Outcome::published), 0U);
  EXPECT_EQ(journal->pending(), 0U);
  disk_.heal();
}

}  // namespace
}  // namespace geomatch::publish
