#include <geomatch/publish/publication_queue.hpp>

#include "journal/journal_file.hpp"
#include "journal_fixture.hpp"

namespace geomatch::publish {
namespace {

using std::chrono::hours;

class RetentionTest : public JournalFixture {
 protected:
  static constexpr hours keep{48};

  [[nodiscard]] JournalSettings keeping() const {
    return {.file = path_, .queue_capacity = 1'000'000, .retention = keep};
  }

  static std::vector<Record> records(std::size_t count, milliseconds from, milliseconds step) {
    std::vector<Record> records;
    for (std::size_t i = 0; i < count; ++i) {
      records.push_back(record("a", std::to_string(i), from + step * static_cast<int>(i)));
    }
    return records;
  }

  std::string count() { return OperatorsShell{path_}.value("SELECT count(*) FROM records"); }
};

TEST_F(RetentionTest, OldOnesGoByThemselves) {
  {
    auto journal = open(keeping());
    publish_all(*journal, records(20'000, milliseconds{0}, milliseconds{10}));
    EXPECT_EQ(count(), "20000");
  }
  clock_.set(keep + seconds{100});  // half of them are too old; the fifth segment is open
  auto journal = open(keeping());
  ASSERT_TRUE(await([&] { return count() == std::to_string(20'000 - 2 * 4096); })) << count();
  EXPECT_EQ(OperatorsShell{path_}.value("SELECT min(seq) FROM records"), "8193");
  EXPECT_EQ(OperatorsShell{path_}.value("SELECT min(seq) FROM marks"), std::to_string(3 * 4096));
  EXPECT_EQ(replay(seconds{100}).size(), 20'000U - 2 * 4096U) << "what recovery needs is there";
  EXPECT_EQ(outcome_of(*journal, record("a", "new", keep + seconds{100})), Outcome::published);
}

TEST_F(RetentionTest, FewRecordsGoAsWellAndNumbersDontComeAgain) {
  {
    auto journal = open(keeping());
    publish_all(*journal, records(10, milliseconds{0}, milliseconds{10}));
  }
  clock_.set(keep + hours{2});
  auto journal = open(keeping());
  ASSERT_TRUE(await([&] { return count() == "0"; })) << count();
  journal.reset();
  journal = open(keeping());
  EXPECT_EQ(outcome_of(*journal, record("a", "new", keep + hours{2})), Outcome::published);
  EXPECT_EQ(OperatorsShell{path_}.value("SELECT seq FROM records"), "11");
  journal.reset();
  EXPECT_EQ(failure_to_open(keeping()), "");
}

TEST_F(RetentionTest, OldOnesGoWithCommitsWhereTheWriterIsNeverIdle) {
  {
    auto journal = open(keeping());
    publish_all(*journal, records(8192, milliseconds{0}, milliseconds{1}));
  }
  clock_.set(keep + hours{2});
  JournalFile file{path_, keep, clock_};
  PublicationQueue queue;
  for (int commit = 1; commit <= 50; ++commit) {
    for (int i = 0; i < 100; ++i) queue.push(make(record("a", "new", keep + hours{2})));
    ASSERT_EQ(file.commit(queue.take_all()).outcome, Outcome::published);
    EXPECT_EQ(count(), std::to_string(8192 + 100 * commit - std::min(200 * commit, 8192))) << "twice as many";
  }
}

TEST_F(RetentionTest, ARecordThatIsNotOldKeepsAllBehindIt) {
  {
    auto journal = open(keeping());
    publish_all(*journal, records(4096, milliseconds{0}, milliseconds{1}));  // old
    publish_all(*journal, records(4096, hours{100}, milliseconds{1}));       // not old
    publish_all(*journal, records(4096, milliseconds{0}, milliseconds{1}));  // the clock went back
    publish_all(*journal, records(4096, hours{100}, milliseconds{1}));
  }
  clock_.set(hours{101});
  auto journal = open(keeping());
  ASSERT_TRUE(await([&] { return count() == std::to_string(3 * 4096); })) << count();
  EXPECT_EQ(outcome_of(*journal, record("a", "new", hours{101})), Outcome::published);
  EXPECT_EQ(count(), std::to_string(3 * 4096 + 1));
}

TEST_F(RetentionTest, ARecordFromTheFutureGoesWithItsNeighbours) {
  {
    auto journal = open(keeping());
    publish_all(*journal, records(4096, hours{100'000}, milliseconds{1}));
    publish_all(*journal, records(4096, milliseconds{0}, milliseconds{1}));
    publish_all(*journal, records(4096, hours{100'000}, milliseconds{1}));
  }
  clock_.set(hours{101});
  auto journal = open(keeping());
  ASSERT_TRUE(await([&] { return count() == "4096"; })) << count();
  EXPECT_EQ(outcome_of(*journal, record("a", "new", hours{101})), Outcome::published);
  EXPECT_EQ(count(), "4097") << "nothing old is behind the last ones";
}

TEST_F(RetentionTest, SpaceIsUsedAgain) {
  std::uintmax_t size = 0;
  for (int round = 0; round < 6; ++round) {
    const hours now = round * (keep + hours{2});
    clock_.set(now);
    auto journal = open(keeping());
    publish_all(*journal, records(8192, now, milliseconds{1}));
    ASSERT_TRUE(await([&] { return count() == "8192"; })) << count();
    journal.reset();
    if (round == 0) size = std::filesystem::file_size(path_);
    // The new ones may come before the old ones go.
    EXPECT_LE(std::filesystem::file_size(path_), size * 5 / 2);
  }
}

}  // namespace
}  // namespace geomatch::publish
