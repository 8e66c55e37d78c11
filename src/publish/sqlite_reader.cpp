#include <stdexcept>
#include <string_view>

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

void SqliteReader::replay(model::TimePoint since, const Sink& sink) {
  SqliteConnection connection{path_, SQLITE_OPEN_READONLY};
  // By seq, the order of the log: the clock may have gone back in between.
  const SqliteStatement rows = connection.prepare(
      "SELECT id, received_at, value FROM records"
      " WHERE seq >= (SELECT min(seq) FROM records WHERE received_at >= ?1) ORDER BY seq");
  sqlite3_bind_int64(rows.get(), 1, since.time_since_epoch().count());
  int result = SQLITE_ROW;
  while ((result = sqlite3_step(rows.get())) == SQLITE_ROW) sink(record_of(rows.get()));
  if (result != SQLITE_DONE) throw std::runtime_error(connection.failure());
}

}  // namespace geomatch::publish
