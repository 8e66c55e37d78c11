#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <geomatch/publish/resend_window.hpp>
#include <geomatch/publish/sqlite_journal.hpp>
#include <geomatch/publish/sqlite_reader.hpp>

#include "publish/recorded_publication.hpp"
#include "support/temporary_folder.hpp"

namespace geomatch::publish {

/// A time that a test sets. Thread-safe.
class TestClock final : public model::Clock {
 public:
  [[nodiscard]] model::TimePoint now() const noexcept override {
    return model::TimePoint{model::Milliseconds{now_ms_}};
  }
  void set(model::Milliseconds since_1970) { now_ms_ = since_1970.count(); }

 private:
  std::atomic<model::Milliseconds::rep> now_ms_{0};
};

/// A journal in a folder of its own, what is published to it, and what it says.
class JournalFixture : public testing::Test {
 protected:
  using seconds = std::chrono::seconds;
  using milliseconds = std::chrono::milliseconds;

  static Record record(std::string key, std::string value, milliseconds at = seconds{0}) {
    return {.key = std::move(key), .value = std::move(value), .received_at = model::TimePoint{at}};
  }

  [[nodiscard]] JournalSettings settings() const { return {.file = path_, .queue_capacity = 1'000'000}; }

  std::unique_ptr<SqliteJournal> open() { return open(settings()); }
  std::unique_ptr<SqliteJournal> open(const JournalSettings& settings) {
    return std::make_unique<SqliteJournal>(settings, resends_, clock_);
  }

  RecordedPublication& make(Record what) {
    return *publications_.emplace_back(std::make_unique<RecordedPublication>(recorder_, std::move(what)));
  }

  /// Publishes and awaits the outcome. Fails if it is refused.
  Outcome outcome_of(SqliteJournal& journal, Record what) {
    RecordedPublication& publication = make(std::move(what));
    if (!journal.publish(publication)) {
      ADD_FAILURE() << "refused: " << journal.unavailable_reason();
      return Outcome::not_published;
    }
    EXPECT_TRUE(recorder_.await_completed(++accepted_));
    return publication.outcome();
  }

  /// Publishes all, so that they go into few commits, and awaits the outcomes.
  void publish_all(SqliteJournal& journal, std::vector<Record> records) {
    for (Record& record : records) ASSERT_TRUE(journal.publish(make(std::move(record))));
    accepted_ += records.size();
    ASSERT_TRUE(recorder_.await_completed(accepted_));
  }

  std::vector<Record> replay(milliseconds since = seconds{0}) const {
    std::vector<Record> records;
    SqliteReader{path_}.replay(model::TimePoint{since}, [&](const Record& r) { records.push_back(r); });
    return records;
  }

  /// True once `condition` is.
  static bool await(const std::function<bool()>& condition, seconds patience = seconds{60}) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!condition()) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::sleep_for(milliseconds{1});
    }
    return true;
  }

  /// Why `settings` don't open, as one line; empty if they do.
  std::string failure_to_open(const JournalSettings& settings) {
    try {
      open(settings);
    } catch (const std::runtime_error& error) {
      const std::string line = error.what();
      EXPECT_EQ(line.find('\n'), std::string::npos) << line;
      return line;
    }
    return "";
  }
  std::string failure_to_open() { return failure_to_open(settings()); }

  test::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "journal.db";
  PublicationRecorder recorder_;
  ResendWindow resends_{std::chrono::minutes{15}, 1000};
  TestClock clock_;
  std::vector<std::unique_ptr<RecordedPublication>> publications_;
  std::size_t accepted_ = 0;  // by the two that await
};

/// A connection of an operator's, as the sqlite3 shell would have it.
class OperatorsShell {
 public:
  explicit OperatorsShell(const std::filesystem::path& path) {
    EXPECT_EQ(sqlite3_open(path.c_str(), &connection_), SQLITE_OK);
    sqlite3_busy_timeout(connection_, 10'000);
  }
  ~OperatorsShell() { sqlite3_close(connection_); }

  OperatorsShell(const OperatorsShell&) = delete;
  OperatorsShell& operator=(const OperatorsShell&) = delete;

  /// Runs it; true if it went well.
  bool run(const std::string& sql) {
    return sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  }

  /// The first column of the first row as text; "NULL" for none.
  std::string value(const std::string& sql) {
    std::string found = "NULL";
    sqlite3_exec(
        connection_, sql.c_str(),
        [](void* text, int /*columns*/, char** values, char** /*names*/) {
          if (values[0] != nullptr) *static_cast<std::string*>(text) = values[0];
          return 0;
        },
        &found, nullptr);
    return found;
  }

 private:
  sqlite3* connection_ = nullptr;
};

}  // namespace geomatch::publish
