#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include <geomatch/model/clock.hpp>

#include "sqlite_connection.hpp"

namespace geomatch::publish {

/// Deletes records that have been in the log for long enough: always the first ones, a few at a time, and
/// only of segments whose mark tells that all of them may go. Within the connection's transaction; one
/// thread.
class Retention {
 public:
  /// `clock` outlives this.
  Retention(SqliteConnection& connection, model::Milliseconds keep, const model::Clock& clock);

  /// Deletes `most` records at most, if there are any to delete; looks for them once a minute. False when
  /// SQLite failed.
  [[nodiscard]] bool trim(std::size_t most) noexcept;

  /// When `trim` has something to do again.
  [[nodiscard]] std::chrono::steady_clock::time_point due() const noexcept;

  /// After a transaction that was not committed.
  void forget() noexcept;

 private:
  [[nodiscard]] bool look() noexcept;
  [[nodiscard]] bool delete_to(std::int64_t seq) noexcept;

  const model::Milliseconds keep_;
  const model::Clock& clock_;
  SqliteStatement first_seq_;
  SqliteStatement last_old_;
  SqliteStatement delete_records_;
  SqliteStatement delete_marks_;

  std::int64_t first_ = 1;  // what may be deleted: nothing
  std::int64_t last_ = 0;
  std::chrono::steady_clock::time_point look_at_{};  // again then
};

}  // namespace geomatch::publish
