#include <stdexcept>
#include <string_view>

#include <fmt/format.h>

#include <geomatch/publish/sqlite_reader.hpp>

#include "sqlite_connection.hpp"

namespace geomatch::publish {
namespace {

std::string_view text(sqlite3_stmt* row, int column) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(row, column))};
}

Record record_of(sqlite3_stmt* row) {
  Record record;
  record.key = text(row, 0);
  record.received_at = model::TimePoint{model::Milliseconds{sqlite3_column_int64(row, 1)}};
  if (sqlite3_column_type(row, 2) != SQLITE_NULL) record.value = text(row, 2);
  return record;
}

}  // namespace

bool SqliteReader::replay(model::TimePoint since, const Sink& sink) {
  SqliteConnection connection{path_, SQLITE_OPEN_READONLY};
  // By seq, the order of the log: the clock may have gone back in between.
  const SqliteStatement bounds = connection.prepare(
      "SELECT (SELECT min(seq) FROM records WHERE received_at >= ?1), (SELECT max(seq) FROM records)");
  sqlite3_bind_int64(bounds.get(), 1, since.time_since_epoch().count());
  if (sqlite3_step(bounds.get()) != SQLITE_ROW) throw std::runtime_error(connection.failure());
  if (sqlite3_column_type(bounds.get(), 0) == SQLITE_NULL) return true;
  const auto first = sqlite3_column_int64(bounds.get(), 0);
  const auto last = sqlite3_column_int64(bounds.get(), 1);
  expected_.store(last - first + 1, std::memory_order_relaxed);

  const SqliteStatement rows = connection.prepare(
      "SELECT id, received_at, value FROM records WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq");
  sqlite3_bind_int64(rows.get(), 1, first);
  sqlite3_bind_int64(rows.get(), 2, last);
  int result = SQLITE_ROW;
  while (!stopping_.load(std::memory_order_relaxed) && (result = sqlite3_step(rows.get())) == SQLITE_ROW) {
    sink(record_of(rows.get()));
    read_.fetch_add(1, std::memory_order_relaxed);
  }
  if (result != SQLITE_DONE && result != SQLITE_ROW) throw std::runtime_error(connection.failure());
  return result == SQLITE_DONE;
}

std::string SqliteReader::progress() const {
  return fmt::format("{} of {} records read", read_.load(std::memory_order_relaxed),
                     expected_.load(std::memory_order_relaxed));
}

void SqliteReader::stop() noexcept {
  stopping_.store(true, std::memory_order_relaxed);  // a flag on its own
}

}  // namespace geomatch::publish
