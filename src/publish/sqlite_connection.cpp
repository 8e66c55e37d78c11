#include "sqlite_connection.hpp"

#include <stdexcept>

#include <fmt/format.h>

namespace geomatch::publish {

SqliteConnection::SqliteConnection(const std::filesystem::path& path, int flags) : name_(path.string()) {
  sqlite3* connection = nullptr;
  const int result = sqlite3_open_v2(path.c_str(), &connection, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  connection_.reset(connection);
  if (result != SQLITE_OK) {
    throw std::runtime_error(fmt::format(
        "{}; --publish sqlite:FILE takes a file in a folder that the server may write to", failure()));
  }
  sqlite3_extended_result_codes(connection, 1);
}

std::string SqliteConnection::failure() const {
  return fmt::format("journal {}: {}", name_, sqlite3_errmsg(connection_.get()));
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

}  // namespace geomatch::publish
