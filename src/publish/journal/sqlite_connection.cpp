#include "sqlite_connection.hpp"

#include <cerrno>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

namespace geomatch::publish {
namespace {

std::string_view remedy(int code, int error) {
  if (code == SQLITE_IOERR && error == EFBIG) return "raise the limit of file sizes (ulimit -f)";
  if (code == SQLITE_IOERR && error == EDQUOT) return "make room in the disk's quota, or raise that";
  switch (code) {
    case SQLITE_FULL:
      return "make room on its disk";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another program is writing to it: end its transaction, or that program";
    case SQLITE_CONSTRAINT:
      return "another program has written to it: let none do that while the server runs";
    case SQLITE_NOTADB:
      return "it is no journal: name another file to --publish";
    case SQLITE_CORRUPT:
      return "it is damaged: restore a copy, or move it and its -wal file away and begin anew";
    case SQLITE_IOERR:
      return "see what the system's log says about its disk";
    default:
      return "--publish sqlite:FILE takes a file in a folder, both of which the server may write to";
  }
}

}  // namespace

SqliteConnection::SqliteConnection(const std::filesystem::path& path, int flags) : name_(path.string()) {
  sqlite3* connection = nullptr;
  const int result = sqlite3_open_v2(path.c_str(), &connection, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  connection_.reset(connection);
  if (result != SQLITE_OK) throw std::runtime_error(failure());
  sqlite3_extended_result_codes(connection, 1);
}

std::string SqliteConnection::failure() const {
  std::string cause = sqlite3_errmsg(handle());
  const int code = failure_code();
  const int error = system_error();
  if (error != 0) {
    cause += fmt::format(" ({})", std::generic_category().message(error));
  }
  return fmt::format("journal {}: {}; {}", name_, cause, remedy(code, error));
}

// sqlite3_system_errno knows nothing of a commit that failed: that is asked of the file, the WAL (or what
// stands in for it before there is one) and then the database.
int SqliteConnection::system_error() const noexcept {
  const int code = failure_code();
  if (code != SQLITE_IOERR && code != SQLITE_CANTOPEN) return 0;
  int error = sqlite3_system_errno(handle());
  if (sqlite3_extended_errcode(handle()) != SQLITE_IOERR_WRITE) return error;
  sqlite3_file* wal = nullptr;
  sqlite3_file_control(handle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &wal);
  if (wal != nullptr && wal->pMethods != nullptr) {
    wal->pMethods->xFileControl(wal, SQLITE_FCNTL_LAST_ERRNO, &error);
  }
  if (error == 0) sqlite3_file_control(handle(), "main", SQLITE_FCNTL_LAST_ERRNO, &error);
  return error;
}

bool SqliteConnection::lacked_room() const noexcept {
  if (failure_code() == SQLITE_FULL) return true;
  const int error = system_error();
  return sqlite3_extended_errcode(handle()) == SQLITE_IOERR_WRITE && (error == EFBIG || error == EDQUOT);
}

void SqliteConnection::execute(const std::string& sql) {
  if (sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw std::runtime_error(failure());
  }
}

SqliteStatement SqliteConnection::prepare(const char* sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(handle(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK) {
    throw std::runtime_error(failure());
  }
  return SqliteStatement{statement};
}

std::int64_t SqliteConnection::integer(const char* sql) {
  const SqliteStatement statement = prepare(sql);
  if (sqlite3_step(statement.get()) != SQLITE_ROW) throw std::runtime_error(failure());
  return sqlite3_column_int64(statement.get(), 0);
}

std::string SqliteConnection::text(const char* sql) {
  const SqliteStatement statement = prepare(sql);
  if (sqlite3_step(statement.get()) != SQLITE_ROW) throw std::runtime_error(failure());
  return reinterpret_cast<const char*>(sqlite3_column_text(statement.get(), 0));
}

bool run(const SqliteStatement& statement) noexcept {
  const int result = sqlite3_step(statement.get());
  sqlite3_reset(statement.get());
  return result == SQLITE_DONE;
}

std::optional<std::int64_t> run_for_integer(const SqliteStatement& statement) noexcept {
  std::optional<std::int64_t> value;
  if (sqlite3_step(statement.get()) == SQLITE_ROW) value = sqlite3_column_int64(statement.get(), 0);
  sqlite3_reset(statement.get());
  return value;
}

}  // namespace geomatch::publish
