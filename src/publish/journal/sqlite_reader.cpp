#include <stdexcept>
#include <string_view>

#include <fmt/format.h>

#include <geomatch/publish/sqlite_reader.hpp>

#include "sqlite_connection.hpp"

namespace geomatch::publish {
namespace {

// Behind the last mark before which everything is older: the clock may have gone back, so a later mark that
// is older tells nothing. By seq, the order of the log.
constexpr const char* begin_and_end = R"(
SELECT coalesce((SELECT max(seq) FROM marks WHERE seq <
         coalesce((SELECT min(seq) FROM marks WHERE latest >= ?1), 9223372036854775807)),
         (SELECT min(seq) - 1 FROM records), 0),
       coalesce((SELECT max(seq) FROM records), 0)
)";

std::string_view text(sqlite3_stmt* row, int column) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(row, column))};
}

void read(sqlite3_stmt* row, Record& record) {
  record.key = text(row, 0);
  record.received_at = model::TimePoint{model::Milliseconds{sqlite3_column_int64(row, 1)}};
  if (sqlite3_column_type(row, 2) == SQLITE_NULL) {
    record.value.reset();
  } else if (record.value) {
    record.value->assign(text(row, 2));  // in the same memory
  } else {
    record.value.emplace(text(row, 2));
  }
}

}  // namespace

bool SqliteReader::replay(model::TimePoint since, const Sink& sink) {
  SqliteConnection connection{path_, SQLITE_OPEN_READONLY};
  const SqliteStatement bounds = connection.prepare(begin_and_end);
  sqlite3_bind_int64(bounds.get(), 1, since.time_since_epoch().count());
  if (sqlite3_step(bounds.get()) != SQLITE_ROW) throw std::runtime_error(connection.failure());
  const auto begin = sqlite3_column_int64(bounds.get(), 0);
  const auto end = sqlite3_column_int64(bounds.get(), 1);
  expected_.store(end - begin, std::memory_order_relaxed);

  const SqliteStatement rows =
      connection.prepare("SELECT id, received_at, value FROM records WHERE seq > ?1 ORDER BY seq");
  sqlite3_bind_int64(rows.get(), 1, begin);
  Record record;
  int result = SQLITE_ROW;
  while (!stopping_.load(std::memory_order_relaxed) && (result = sqlite3_step(rows.get())) == SQLITE_ROW) {
    read(rows.get(), record);
    sink(record);
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
