#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <sqlite3.h>

namespace geomatch::publish {

/// Closes what it is given back to SQLite.
struct SqliteDeleter {
  void operator()(sqlite3* connection) const noexcept { sqlite3_close_v2(connection); }
  void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};

using SqliteStatement = std::unique_ptr<sqlite3_stmt, SqliteDeleter>;

/// An open SQLite database. One thread at a time. What throws, throws std::runtime_error with SQLite's own
/// words, the file's name and the remedy: it is for start-up.
class SqliteConnection {
 public:
  /// `flags` as sqlite3_open_v2 takes them.
  SqliteConnection(const std::filesystem::path& path, int flags);

  void execute(const std::string& sql);
  [[nodiscard]] SqliteStatement prepare(const char* sql);
  [[nodiscard]] std::int64_t integer(const char* sql);  ///< the first column of the first row
  [[nodiscard]] std::string text(const char* sql);      ///< the same as text

  [[nodiscard]] sqlite3* handle() const noexcept { return connection_.get(); }

  /// What went wrong last, as one line with the file's name and the remedy.
  [[nodiscard]] std::string failure() const;

  /// Its primary result code.
  [[nodiscard]] int failure_code() const noexcept { return sqlite3_errcode(handle()) & 0xff; }

  /// Whether it was for want of room that a write failed: of the disk, of a quota on it, or of what a file of
  /// this process may have (RLIMIT_FSIZE). SQLite itself tells only the first.
  [[nodiscard]] bool lacked_room() const noexcept;

 private:
  /// The system's error behind it, 0 if there was none or SQLite doesn't tell.
  [[nodiscard]] int system_error() const noexcept;

  std::string name_;
  std::unique_ptr<sqlite3, SqliteDeleter> connection_;
};

/// Runs a statement that gives no rows. False when it failed.
[[nodiscard]] bool run(const SqliteStatement& statement) noexcept;

/// The first column of a statement's first row; nothing when it failed.
[[nodiscard]] std::optional<std::int64_t> run_for_integer(const SqliteStatement& statement) noexcept;

}  // namespace geomatch::publish
