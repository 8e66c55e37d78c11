#pragma once

#include <cstddef>
#include <cstdint>

#include <geomatch/model/time.hpp>

#include "sqlite_connection.hpp"

namespace geomatch::publish {

struct Record;

/// The end of the log: gives records their place in it, and sets a mark behind some thousands of them or an
/// hour of them, whichever is less. All within the connection's transaction; one thread.
class JournalTail {
 public:
  explicit JournalTail(SqliteConnection& connection);

  /// Looks where the log ends, unless that is known. These three give false when SQLite failed.
  [[nodiscard]] bool load() noexcept;

  [[nodiscard]] bool append(const Record& record) noexcept;

  /// Sets a mark behind what there is if that began an hour or more before `now`.
  [[nodiscard]] bool mark_old(model::TimePoint now) noexcept;

  /// After a transaction that was not committed.
  void forget() noexcept { known_ = false; }

 private:
  [[nodiscard]] bool insert(const Record& record) noexcept;
  [[nodiscard]] bool load_segment(std::int64_t last_mark) noexcept;
  [[nodiscard]] bool mark() noexcept;

  struct Segment {  // the records since the last mark
    std::size_t records = 0;
    model::TimePoint first;
    model::TimePoint latest;
  };

  SqliteStatement insert_;
  SqliteStatement insert_mark_;
  SqliteStatement last_seq_;
  SqliteStatement last_mark_;
  SqliteStatement select_segment_;

  bool known_ = false;
  std::int64_t seq_ = 0;  // the last one's
  Segment segment_;
};

}  // namespace geomatch::publish
