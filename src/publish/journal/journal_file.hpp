#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>

#include <geomatch/model/clock.hpp>

#include "checkpointer.hpp"
#include "commit_result.hpp"
#include "journal_lock.hpp"
#include "journal_tail.hpp"
#include "retention.hpp"
#include "sqlite_connection.hpp"

namespace geomatch::publish {

class Publication;

/// The journal's file, open for writing. One thread at a time, but for `give_up`.
class JournalFile {
 public:
  /// Creates the file if it isn't there. `clock` outlives this. Throws std::runtime_error with the remedy.
  JournalFile(const std::filesystem::path& path, model::Milliseconds retention, const model::Clock& clock);

  /// Writes the records of all publications in `chain` in one transaction: all of them or none. Deletes some
  /// old ones with them, if there are any.
  [[nodiscard]] CommitResult commit(const Publication* chain) noexcept;

  /// Writes to disk without changing anything: finds out whether commits succeed again.
  [[nodiscard]] CommitResult probe() noexcept;

  /// What there is to do when nothing is to be written: deletes some old records. Its outcome means nothing.
  [[nodiscard]] CommitResult tidy() noexcept;

  /// When there is something to do for `tidy`.
  [[nodiscard]] std::chrono::steady_clock::time_point tidy_due() const noexcept { return retention_.due(); }

  /// After a commit, once its records are settled: keeps the WAL from growing.
  void limit_wal() { checkpointer_.after_commit(connection_, wal_frames_); }

  /// Waits no more for others who hold the file, from now on. Any thread.
  void give_up() noexcept;

 private:
  [[nodiscard]] bool begin() noexcept;
  [[nodiscard]] CommitResult end() noexcept;
  [[nodiscard]] CommitResult roll_back(Outcome outcome) noexcept;
  static int wait_for_others(void* self, int tries) noexcept;

  const model::Clock& clock_;
  const std::filesystem::path path_;
  // What SQLite calls back with; so before the connection.
  std::chrono::steady_clock::time_point patient_until_;
  std::atomic<bool> giving_up_{false};
  int wal_frames_ = 0;

  JournalLock lock_;  // before the connections, and until after them
  SqliteConnection connection_;
  SqliteStatement begin_;
  SqliteStatement commit_;
  SqliteStatement rollback_;
  SqliteStatement touch_;
  JournalTail tail_;
  Retention retention_;
  Checkpointer checkpointer_;
};

}  // namespace geomatch::publish
