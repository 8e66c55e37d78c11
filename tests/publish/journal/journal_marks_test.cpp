// Where reading begins, and journals from before there were marks.
#include <random>

#include "journal_fixture.hpp"
#include "support/scale.hpp"
#include "support/seed.hpp"

namespace geomatch::publish {
namespace {

class JournalMarksTest : public JournalFixture {
 protected:
  // Everything received at `since` or later, in its order, and nothing but what the log has.
  void expect_complete(milliseconds since) {
    const std::vector<Record> all = recorder_.published();
    const std::vector<Record> read = replay(since);
    ASSERT_LE(read.size(), all.size());
    const auto begin = all.end() - static_cast<std::ptrdiff_t>(read.size());
    EXPECT_TRUE(std::equal(begin, all.end(), read.begin())) << "the last ones, in their order";
    EXPECT_TRUE(
        std::all_of(all.begin(), begin,
                    [&](const Record& record) { return record.received_at < model::TimePoint{since}; }))
        << "none is left out from " << since.count();
  }

  void publish_times(const std::vector<milliseconds>& times) {
    auto journal = open();
    std::vector<Record> records;
    records.reserve(times.size());
    for (const milliseconds time : times) records.push_back(record("a", std::to_string(number_++), time));
    publish_all(*journal, std::move(records));
  }

  int number_ = 0;
};

TEST_F(JournalMarksTest, ReadsLittleThatIsOlder) {
  std::vector<milliseconds> times;
  for (int i = 0; i < 20'000; ++i) times.emplace_back(i);
  publish_times(times);
  for (const int since : {0, 1, 4095, 4096, 4097, 12'345, 19'999, 20'000, 30'000}) {
    expect_complete(milliseconds{since});
    EXPECT_LE(replay(milliseconds{since}).size(),
              static_cast<std::size_t>(std::max(20'000 - since, 0)) + 4096);
  }
}

TEST_F(JournalMarksTest, LeavesNoneOutWhereTheClockWentBack) {
  std::mt19937_64 random{test::seed()};
  milliseconds time{1'000'000'000};
  std::vector<milliseconds> all;
  for (int opening = 0; opening < 3; ++opening) {
    std::vector<milliseconds> times;
    for (std::size_t i = 0; i < test::scaled(16'000); ++i) {
      time += milliseconds{random() % 100};
      if (random() % 2000 == 0) time += milliseconds{static_cast<int>(random() % 8'000'000) - 4'000'000};
      times.push_back(time);
    }
    publish_times(times);
    all.insert(all.end(), times.begin(), times.end());
  }
  for (int i = 0; i < 50; ++i) expect_complete(all[random() % all.size()]);
  expect_complete(milliseconds{0});
  expect_complete(*std::max_element(all.begin(), all.end()));
}

TEST_F(JournalMarksTest, AJournalOfVersion1IsBroughtUpToDate) {
  {
    OperatorsShell shell{path_};
    ASSERT_TRUE(shell.run(R"(
        PRAGMA journal_mode = WAL; PRAGMA application_id = 0x67656f6d; PRAGMA user_version = 1;
        CREATE TABLE records (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, received_at INTEGER NOT NULL, value TEXT);
        CREATE INDEX records_received_at ON records (received_at);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
          INSERT INTO records SELECT i, 'a', i * 10, i FROM n;)"));
  }
  {
    auto journal = open();
    EXPECT_EQ(outcome_of(*journal, record("a", "new", milliseconds{100'010})), Outcome::published);
  }
  OperatorsShell shell{path_};
  EXPECT_EQ(shell.value("PRAGMA user_version"), "2");
  EXPECT_EQ(shell.value("SELECT count(*) FROM sqlite_schema WHERE type = 'index'"), "0");
  EXPECT_EQ(shell.value("SELECT group_concat(seq || ':' || latest) FROM marks"), "4096:40960,8192:81920");
  EXPECT_EQ(replay().size(), 10'001U);
  EXPECT_EQ(replay().back().value, "new");
  EXPECT_EQ(replay(milliseconds{90'000}).size(), 10'001U - 8192U);
  EXPECT_EQ(failure_to_open(), "") << "once more";
}

TEST_F(JournalMarksTest, AnHourLaterAMarkComesBeforeTheNextRecord) {
  publish_times({milliseconds{0}, milliseconds{1}, std::chrono::minutes{59}, std::chrono::minutes{60}});
  EXPECT_EQ(OperatorsShell{path_}.value("SELECT group_concat(seq || ':' || latest) FROM marks"), "3:3540000");
  publish_times({std::chrono::minutes{61}});
  publish_times({std::chrono::minutes{121}});
  EXPECT_EQ(OperatorsShell{path_}.value("SELECT group_concat(seq) FROM marks"), "3,5");
}

}  // namespace
}  // namespace geomatch::publish
