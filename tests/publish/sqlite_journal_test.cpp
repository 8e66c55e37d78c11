#include <fstream>
#include <map>
#include <thread>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <geomatch/publish/resend_window.hpp>
#include <geomatch/publish/sqlite_journal.hpp>
#include <geomatch/publish/sqlite_reader.hpp>

#include "recorded_publication.hpp"
#include "support/temporary_folder.hpp"

namespace geomatch::publish {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

Record record(std::string key, std::string value, seconds at = seconds{0}) {
  return {.key = std::move(key), .value = std::move(value), .received_at = model::TimePoint{at}};
}

class SqliteJournalTest : public testing::Test {
 protected:
  std::unique_ptr<SqliteJournal> open(std::size_t capacity = 1000) {
    return std::make_unique<SqliteJournal>(path_, capacity, resends_);
  }

  RecordedPublication& make(Record what) {
    return *publications_.emplace_back(std::make_unique<RecordedPublication>(recorder_, std::move(what)));
  }

  std::vector<Record> replay(seconds since = seconds{0}) {
    std::vector<Record> records;
    SqliteReader{path_}.replay(model::TimePoint{since}, [&](const Record& r) { records.push_back(r); });
    return records;
  }

  // Runs SQL on the journal, as an operator's shell would.
  sqlite3* shell() {
    sqlite3* connection = nullptr;
    EXPECT_EQ(sqlite3_open(path_.c_str(), &connection), SQLITE_OK);
    return connection;
  }

  test::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "journal.db";
  PublicationRecorder recorder_;
  ResendWindow resends_{std::chrono::minutes{15}, 1000};
  std::vector<std::unique_ptr<RecordedPublication>> publications_;
};

TEST_F(SqliteJournalTest, KeepsWhatItWasGiven) {
  auto journal = open();
  ASSERT_TRUE(journal->publish(make(record("a", R"({"id":"a"})", seconds{5}))));
  ASSERT_TRUE(journal->publish(make(Record{.key = "a", .received_at = model::TimePoint{seconds{6}}})));
  ASSERT_TRUE(recorder_.await_completed(2));
  EXPECT_EQ(recorder_.count(Outcome::published), 2U);
  EXPECT_EQ(replay(), recorder_.published());
  EXPECT_EQ(journal->pending(), 0U);
  EXPECT_EQ(journal->unavailable_reason(), "");
}

TEST_F(SqliteJournalTest, WhatIsPublishedIsOnDiskBeforeItIsTold) {
  auto journal = open();
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(journal->publish(make(record("a", std::to_string(i)))));
    ASSERT_TRUE(recorder_.await_completed(static_cast<std::size_t>(i) + 1));
    ASSERT_EQ(replay().size(), static_cast<std::size_t>(i) + 1);
  }
}

TEST_F(SqliteJournalTest, KeepsTheOrderOfEveryThread) {
  auto journal = open(100'000);
  constexpr int each = 500;
  for (const char* key : {"a", "b", "c"}) {
    for (int i = 0; i < each; ++i) make(record(key, std::to_string(i)));
  }
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 3; ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t i = 0; i < each; ++i) ASSERT_TRUE(journal->publish(*publications_[t * each + i]));
    });
  }
  ASSERT_TRUE(recorder_.await_completed(3 * each));
  for (auto& thread : threads) thread.join();
  std::map<std::string, int> next;
  for (const Record& r : replay()) EXPECT_EQ(*r.value, std::to_string(next[r.key]++));
  EXPECT_EQ(replay(), recorder_.published());
}

TEST_F(SqliteJournalTest, ReplaysFromATime) {
  auto journal = open();
  for (int i = 0; i < 10; ++i)
    ASSERT_TRUE(journal->publish(make(record("a", std::to_string(i), seconds{i}))));
  ASSERT_TRUE(recorder_.await_completed(10));
  EXPECT_EQ(replay(seconds{7}).size(), 3U);
  EXPECT_EQ(replay(seconds{100}).size(), 0U);
}

TEST_F(SqliteJournalTest, AFullQueueRefusesAtOnce) {
  auto journal = open(1);
  sqlite3* operators = shell();
  ASSERT_EQ(sqlite3_exec(operators, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr),
            SQLITE_OK);  // holds the writer up
  ASSERT_TRUE(journal->publish(make(record("a", "1"))));
  EXPECT_FALSE(journal->publish(make(record("a", "2"))));
  sqlite3_exec(operators, "ROLLBACK", nullptr, nullptr, nullptr);
  sqlite3_close(operators);
  ASSERT_TRUE(recorder_.await_completed(1));
  EXPECT_EQ(recorder_.published().size(), 1U);
}

TEST_F(SqliteJournalTest, AFileThatIsHeldTooLongIsAFailureThatPasses) {
  auto journal = open();
  sqlite3* operators = shell();
  ASSERT_EQ(sqlite3_exec(operators, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  ASSERT_TRUE(journal->publish(make(record("a", "1"))));
  ASSERT_TRUE(recorder_.await_completed(1));
  EXPECT_EQ(recorder_.count(Outcome::not_published), 1U);
  EXPECT_NE(journal->unavailable_reason(), "");
  sqlite3_exec(operators, "ROLLBACK", nullptr, nullptr, nullptr);
  sqlite3_close(operators);
  ASSERT_TRUE(journal->publish(make(record("a", "2"))));
  ASSERT_TRUE(recorder_.await_completed(2));
  EXPECT_EQ(journal->unavailable_reason(), "");
  ASSERT_EQ(replay().size(), 1U);
  EXPECT_EQ(*replay()[0].value, "2");
}

TEST_F(SqliteJournalTest, StopWritesWhatWaits) {
  auto journal = open();
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(journal->publish(make(record("a", std::to_string(i)))));
  journal->stop(seconds{30});
  EXPECT_FALSE(journal->publish(make(record("a", "late"))));
  ASSERT_TRUE(recorder_.await_completed(100));
  EXPECT_EQ(recorder_.count(Outcome::published), 100U);
  EXPECT_EQ(replay().size(), 100U);
}

TEST_F(SqliteJournalTest, StopSettlesEverythingThatWasAccepted) {
  auto journal = open(100'000);
  std::size_t accepted = 0;
  for (int i = 0; i < 2000; ++i) make(record("a", std::to_string(i)));
  std::thread producer{[&] {
    for (const auto& publication : publications_) accepted += journal->publish(*publication) ? 1 : 0;
  }};
  journal->stop(milliseconds{0});
  producer.join();
  ASSERT_TRUE(recorder_.await_completed(accepted));
  EXPECT_EQ(recorder_.count(Outcome::published), replay().size());
  EXPECT_EQ(recorder_.completed().size(), accepted);
}

TEST_F(SqliteJournalTest, GoesOnWithAJournalThatIsThere) {
  {
    auto before = open();
    ASSERT_TRUE(before->publish(make(record("a", "1"))));
    before->stop(seconds{30});
  }
  auto journal = open();
  ASSERT_TRUE(journal->publish(make(record("a", "2"))));
  ASSERT_TRUE(recorder_.await_completed(2));
  EXPECT_EQ(replay().size(), 2U);
}

std::string failure_to_open(const std::filesystem::path& path, ResendWindow& resends) {
  try {
    const SqliteJournal journal{path, 1000, resends};
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

TEST_F(SqliteJournalTest, SaysWhyAFileCannotBeAJournal) {
  EXPECT_NE(failure_to_open(folder_ / "no/such/folder.db", resends_).find("--publish"), std::string::npos);

  std::ofstream{folder_ / "text"}
      << "this is a text file, and long enough that SQLite looks at its header, which "
         "has to be a hundred bytes or more to count as one";
  EXPECT_NE(failure_to_open(folder_ / "text", resends_).find("not a database"), std::string::npos);

  sqlite3* connection = shell();
  sqlite3_exec(connection, "CREATE TABLE t (a)", nullptr, nullptr, nullptr);
  sqlite3_close(connection);
  EXPECT_NE(failure_to_open(path_, resends_).find("not a geomatch journal"), std::string::npos);
}

TEST_F(SqliteJournalTest, RefusesAJournalOfAnotherVersion) {
  open();
  sqlite3* connection = shell();
  sqlite3_exec(connection, "PRAGMA user_version = 99", nullptr, nullptr, nullptr);
  sqlite3_close(connection);
  EXPECT_NE(failure_to_open(path_, resends_).find("version 99"), std::string::npos);
}

}  // namespace
}  // namespace geomatch::publish
