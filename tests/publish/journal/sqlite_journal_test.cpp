#include <map>
#include <thread>

#include "journal_fixture.hpp"

namespace geomatch::publish {
namespace {

using SqliteJournalTest = JournalFixture;

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
  auto journal = open();
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

TEST_F(SqliteJournalTest, AFullQueueRefusesAtOnce) {
  auto journal = open({.file = path_, .queue_capacity = 1});
  OperatorsShell shell{path_};
  ASSERT_TRUE(shell.run("BEGIN IMMEDIATE"));  // holds the writer up
  ASSERT_TRUE(journal->publish(make(record("a", "1"))));
  EXPECT_FALSE(journal->publish(make(record("a", "2"))));
  ASSERT_TRUE(shell.run("ROLLBACK"));
  ASSERT_TRUE(recorder_.await_completed(1));
  EXPECT_EQ(recorder_.published().size(), 1U);
}

TEST_F(SqliteJournalTest, AFileThatIsHeldForAMomentIsNoFailure) {
  auto journal = open();
  OperatorsShell shell{path_};
  ASSERT_TRUE(shell.run("BEGIN IMMEDIATE"));
  ASSERT_TRUE(journal->publish(make(record("a", "1"))));
  ASSERT_TRUE(shell.run("ROLLBACK"));
  ASSERT_TRUE(recorder_.await_completed(1));
  EXPECT_EQ(recorder_.count(Outcome::published), 1U);
  EXPECT_EQ(journal->unavailable_reason(), "");
}

TEST_F(SqliteJournalTest, AFileThatIsHeldTooLongIsAFailureThatPassesByItself) {
  auto journal = open();
  OperatorsShell shell{path_};
  ASSERT_TRUE(shell.run("BEGIN IMMEDIATE"));
  EXPECT_EQ(outcome_of(*journal, record("a", "1")), Outcome::not_published);
  EXPECT_NE(journal->unavailable_reason().find("another program is writing to it"), std::string::npos);
  EXPECT_FALSE(journal->publish(make(record("a", "2")))) << "while it is known to fail";
  EXPECT_EQ(journal->pending(), 0U);
  ASSERT_TRUE(shell.run("ROLLBACK"));
  ASSERT_TRUE(await([&] { return journal->unavailable_reason().empty(); }));
  EXPECT_EQ(outcome_of(*journal, record("a", "3")), Outcome::published);
  EXPECT_EQ(replay(), recorder_.published());
}

TEST_F(SqliteJournalTest, StopGivesUpOnAFileThatIsHeld) {
  auto journal = open();
  OperatorsShell shell{path_};
  ASSERT_TRUE(shell.run("BEGIN IMMEDIATE"));
  ASSERT_TRUE(journal->publish(make(record("a", "1"))));
  journal->stop(milliseconds{0});
  ASSERT_TRUE(recorder_.await_completed(1));
  EXPECT_EQ(recorder_.count(Outcome::not_published), 1U);
}

TEST_F(SqliteJournalTest, GoesOnAfterAnOperatorsInsertion) {
  auto journal = open();
  EXPECT_EQ(outcome_of(*journal, record("a", "1")), Outcome::published);
  OperatorsShell shell{path_};
  ASSERT_TRUE(shell.run("INSERT INTO records (id, received_at) VALUES ('b', 0)"));
  EXPECT_EQ(outcome_of(*journal, record("a", "2")), Outcome::not_published) << "its place was taken";
  ASSERT_TRUE(await([&] { return journal->unavailable_reason().empty(); }));
  EXPECT_EQ(outcome_of(*journal, record("a", "3")), Outcome::published);
  EXPECT_EQ(replay().size(), 3U);
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
  auto journal = open();
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

}  // namespace
}  // namespace geomatch::publish
