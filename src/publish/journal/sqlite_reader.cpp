#include <stdexcept>
#include <string_view>

#include <geomatch/publish/sqlite_reader.hpp>

#include "sqlite_connection.hpp"

namespace geomatch::publish {
namespace {

// Behind the last mark before which everything is older: the clock may have gone back, so a later mark that
// is older tells nothing. By seq, the order of the log.
constexpr const char* from_since = R"(
SELECT id, received_at, value FROM records WHERE seq > coalesce(
  (SELECT max(seq) FROM marks WHERE seq <
    coalesce((SELECT min(seq) FROM marks WHERE latest >= ?1), 9223372036854775807)), 0) ORDER BY seq
)";

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
  const SqliteStatement rows = connection.prepare(from_since);
  sqlite3_bind_int64(rows.get(), 1, since.time_since_epoch().count());
  int result = SQLITE_ROW;
  while ((result = sqlite3_step(rows.get())) == SQLITE_ROW) sink(record_of(rows.get()));
  if (result != SQLITE_DONE) throw std::runtime_error(connection.failure());
}

}  // namespace geomatch::publish
