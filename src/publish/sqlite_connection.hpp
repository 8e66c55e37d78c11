#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <sqlite3.h>

namespace geomatch::publish {

/// Closes what it is given back to SQLite.
struct SqliteDeleter {
  void operator()(sqlite3* connection) const noexcept { sqlite3_close_v2(connection); }
  void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};

using SqliteStatement = std::unique_ptr<sqlite3_stmt, SqliteDeleter>;

/// An open SQLite database. One thread at a time. Its methods throw std::runtime_error with SQLite's own
/// words and the file's name: they are for start-up.
class SqliteConnection {
 public:
  /// `flags` as sqlite3_open_v2 takes them.
  SqliteConnection(const std::filesystem::path& path, int flags);

  void execute(const std::string& sql);
  [[nodiscard]] SqliteStatement prepare(const char* sql);
  [[nodiscard]] std::int64_t integer(const char* sql);  ///< the first column of the first row

  [[nodiscard]] sqlite3* handle() const noexcept { return connection_.get(); }

  /// What went wrong last, as one line with the file's name.
  [[nodiscard]] std::string failure() const;

 private:
  std::string name_;
  std::unique_ptr<sqlite3, SqliteDeleter> connection_;
};

}  // namespace geomatch::publish
