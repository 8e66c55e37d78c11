#include <atomic>
#include <thread>

#include "faulty_vfs.hpp"
#include "journal/checkpoint_plan.hpp"
#include "journal_fixture.hpp"
#include "support/scale.hpp"

namespace geomatch::publish {
namespace {

using Step = CheckpointPlan::Step;

CheckpointPass pass(int frames, int copied) {
  return {.frames = frames, .copied = copied, .failure = ""};
}

class CheckpointPlanTest : public testing::Test {
 protected:
  CheckpointPlan plan_{CheckpointPlan::Sizes{.begin = 100, .rest = 10, .too_many = 400, .most = 800}};
};

TEST_F(CheckpointPlanTest, ALittleIsntCopied) {
  for (int frames = 1; frames < 100; ++frames) EXPECT_EQ(plan_.after_commit(frames), Step::none);
  EXPECT_EQ(plan_.after_commit(100), Step::background);
}

TEST_F(CheckpointPlanTest, TheWriterCopiesTheRestOnceTheBackgroundIsDone) {
  EXPECT_EQ(plan_.after_commit(100), Step::background);
  EXPECT_EQ(plan_.after_commit(104), Step::none) << "one at a time";
  plan_.done(pass(100, 100));
  EXPECT_EQ(plan_.after_commit(108), Step::writer);
  plan_.done(pass(108, 108));
  EXPECT_EQ(plan_.after_commit(4), Step::none) << "it began anew";
  EXPECT_EQ(plan_.after_commit(99), Step::none);
  EXPECT_EQ(plan_.after_commit(103), Step::background);
}

TEST_F(CheckpointPlanTest, TheBackgroundGoesOnWhileMuchIsLeft) {
  EXPECT_EQ(plan_.after_commit(100), Step::background);
  plan_.done(pass(100, 100));
  EXPECT_EQ(plan_.after_commit(150), Step::background);
  plan_.done(pass(150, 150));
  EXPECT_EQ(plan_.after_commit(160), Step::writer);
}

TEST_F(CheckpointPlanTest, TheWriterCopiesWhateverIsLeftOfTooMany) {
  EXPECT_EQ(plan_.after_commit(100), Step::background);
  plan_.done(pass(100, 100));
  EXPECT_EQ(plan_.after_commit(500), Step::writer);
}

TEST_F(CheckpointPlanTest, AReaderInTheWayIsntRunAgainstAtEachCommit) {
  EXPECT_EQ(plan_.after_commit(100), Step::background);
  plan_.done(pass(100, 60));
  for (int frames = 101; frames < 200; ++frames) EXPECT_EQ(plan_.after_commit(frames), Step::none);
  EXPECT_EQ(plan_.after_commit(600), Step::background)
      << "even if there are too many: a reader may still be there";
}

TEST_F(CheckpointPlanTest, AReaderThatKeepsItFromBeginningAnewCostsLittle) {
  EXPECT_EQ(plan_.after_commit(100), Step::background);
  plan_.done(pass(100, 100));
  EXPECT_EQ(plan_.after_commit(101), Step::writer);
  plan_.done(pass(101, 101));
  for (int frames = 102; frames < 111; ++frames) EXPECT_EQ(plan_.after_commit(frames), Step::none);
  EXPECT_EQ(plan_.after_commit(111), Step::writer);
}

TEST_F(CheckpointPlanTest, TheWriterWaitsForABackgroundThatIsMuchTooSlow) {
  EXPECT_EQ(plan_.after_commit(100), Step::background);
  EXPECT_EQ(plan_.after_commit(799), Step::none);
  EXPECT_FALSE(plan_.must_wait());
  EXPECT_EQ(plan_.after_commit(800), Step::none);
  EXPECT_TRUE(plan_.must_wait());
  plan_.done(pass(100, 100));
  EXPECT_FALSE(plan_.must_wait());
  EXPECT_EQ(plan_.after_commit(800), Step::writer);
  EXPECT_FALSE(plan_.must_wait()) << "it is at work itself";
}

TEST_F(CheckpointPlanTest, NobodyWaitsForAReader) {
  EXPECT_EQ(plan_.after_commit(900), Step::background);
  EXPECT_TRUE(plan_.must_wait()) << "it may be none";
  plan_.done(pass(900, 60));
  EXPECT_EQ(plan_.after_commit(901), Step::none);
  EXPECT_FALSE(plan_.must_wait());
}

// SQLite's WAL-reset bug: a pass in the background must never begin when all is copied.
TEST_F(CheckpointPlanTest, TheBackgroundIsntAskedWhenAllIsCopied) {
  EXPECT_EQ(plan_.after_commit(100), Step::background);
  plan_.done(pass(100, 100));
  EXPECT_EQ(plan_.after_commit(100), Step::none);
}

class CheckpointTest : public JournalFixture {
 protected:
  [[nodiscard]] std::uintmax_t wal_bytes() const {
    return std::filesystem::file_size(path_.string() + "-wal");
  }

  // Keeps the writer at work until it has written so much more.
  void write(SqliteJournal& journal, std::size_t mebibytes) {
    const std::string value(16'000, 'x');
    for (std::size_t written = 0; written < mebibytes * 64; written += 100) {
      std::vector<Record> records(100, record("a", value));
      publish_all(journal, std::move(records));
      largest_ = std::max(largest_, wal_bytes());
      publications_.clear();
    }
  }

  static constexpr std::uintmax_t mebibyte = 1024 * 1024;
  // CheckpointPlan's `most`, and the commit that goes beyond it: 100 records of 16 kB, and what moves with
  // them.
  static constexpr std::uintmax_t bound = (128 + 8) * mebibyte;
  std::uintmax_t largest_ = 0;
};

TEST_F(CheckpointTest, TheWalStaysBoundedUnderLoad) {
  auto journal = open();
  write(*journal, 400);
  EXPECT_LE(largest_, bound) << "usually half of that";
  EXPECT_GE(std::filesystem::file_size(path_), 200 * mebibyte);
}

// With the wait left out, the writer would have written all of it by the time that it gets to go on here.
TEST_F(CheckpointTest, TheWalStaysBoundedOnADiskThatStandsStill) {
  FaultyVfs vfs;
  auto journal = open();
  vfs.stall_writes(path_.filename().string());
  std::atomic<bool> written{false};
  std::thread writer{[&] {
    write(*journal, 300);
    written = true;
  }};
  for (std::uintmax_t before = 0, now = 0; !written; before = now) {
    now = wal_bytes();
    if (now >= 128 * mebibyte && now == before && vfs.has_stalled()) break;
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }
  vfs.heal();
  writer.join();
  EXPECT_LE(largest_, bound);
  journal.reset();  // before the vfs
}

TEST_F(CheckpointTest, TheWalShrinksAfterShortQueries) {
  auto journal = open();
  std::atomic<bool> enough{false};
  std::thread operators{[&] {
    OperatorsShell shell{path_};
    while (!enough) shell.value("SELECT max(seq) FROM records");
  }};
  write(*journal, 200);
  enough = true;
  operators.join();
  write(*journal, 100);
  EXPECT_LE(wal_bytes(), bound);
}

TEST_F(CheckpointTest, TheWalShrinksAfterALongQuery) {
  auto journal = open();
  {
    OperatorsShell shell{path_};
    ASSERT_TRUE(shell.run("BEGIN; SELECT * FROM records"));
    write(*journal, 200);
    EXPECT_GE(wal_bytes(), 190 * mebibyte);
  }
  write(*journal, 100);
  EXPECT_LE(wal_bytes(), bound);
}

}  // namespace
}  // namespace geomatch::publish
