#include "journal_schema.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "sqlite_connection.hpp"

namespace geomatch::publish {
namespace {

constexpr std::int64_t application_id = 0x67656f6d;  // "geom": tells our files from others'
constexpr std::int64_t schema_version = 2;

constexpr const char* records_table = R"(
CREATE TABLE records (
  seq         INTEGER PRIMARY KEY,  -- the order of the log
  id          TEXT NOT NULL,        -- the entity
  received_at INTEGER NOT NULL,     -- milliseconds since 1970, UTC
  value       TEXT                  -- the record as JSON; NULL where the entity was deleted
);
)";

// Instead of an index on received_at, which each insertion would have to go through and which tells little
// anyway: the order of the log is nearly that of time.
constexpr const char* marks_table = R"(
CREATE TABLE marks (
  seq    INTEGER PRIMARY KEY,  -- the last of some thousands of records, all those after the mark before
  latest INTEGER NOT NULL      -- the latest received_at among them
);
)";

// Before there is anything in the file. Measured: a commit of many records takes fewer writes than with the
// usual 4096, one of few as long; from 16384 on those take longer.
constexpr const char* page_size = "PRAGMA page_size = 8192";

// A WAL that a long query kept from beginning anew shrinks to this once it has.
constexpr const char* pragmas = R"(
PRAGMA synchronous = FULL;
PRAGMA wal_autocheckpoint = 0;
PRAGMA journal_size_limit = 134217728;
)";

std::string name_of(const SqliteConnection& connection) {
  return sqlite3_db_filename(connection.handle(), "main");
}

void create(SqliteConnection& connection) {
  connection.execute(fmt::format("BEGIN IMMEDIATE; PRAGMA application_id = {}; {}; {} {} COMMIT;",
                                 application_id, set_version, records_table, marks_table));
}

void mark(SqliteConnection& connection) {
  const SqliteStatement rows = connection.prepare("SELECT seq, received_at FROM records ORDER BY seq");
  const SqliteStatement insert = connection.prepare("INSERT INTO marks (seq, latest) VALUES (?1, ?2)");
  std::size_t unmarked = 0;
  std::int64_t latest = 0;
  int result = SQLITE_ROW;
  while ((result = sqlite3_step(rows.get())) == SQLITE_ROW) {
    const std::int64_t received_at = sqlite3_column_int64(rows.get(), 1);
    latest = unmarked == 0 ? received_at : std::max(latest, received_at);
    if (++unmarked < records_in_segment) continue;
    sqlite3_bind_int64(insert.get(), 1, sqlite3_column_int64(rows.get(), 0));
    sqlite3_bind_int64(insert.get(), 2, latest);
    if (!run(insert)) throw std::runtime_error(connection.failure());
    unmarked = 0;
  }
  if (result != SQLITE_DONE) throw std::runtime_error(connection.failure());
}

// From version 1, which had an index in place of the marks. If it fails, closing the connection rolls back.
void migrate(SqliteConnection& connection) {
  spdlog::info("journal {}: bringing it from version 1 to {}", name_of(connection), schema_version);
  connection.execute("BEGIN IMMEDIATE");
  connection.execute(marks_table);
  mark(connection);
  connection.execute(fmt::format("DROP INDEX records_received_at; {}; COMMIT;", set_version));
}

}  // namespace

void prepare_journal(SqliteConnection& connection) {
  const bool empty = connection.integer("SELECT count(*) FROM sqlite_schema") == 0;
  const std::int64_t application = connection.integer("PRAGMA application_id");
  const std::int64_t version = connection.integer("PRAGMA user_version");
  if (!empty && application != application_id) {
    throw std::runtime_error(fmt::format(
        "journal {}: it is a database, but not a geomatch journal; name another file to --publish",
        name_of(connection)));
  }
  if (!empty && (version < 1 || version > schema_version)) {
    throw std::runtime_error(
        fmt::format("journal {}: it has version {}, this server writes version {}; start the server that "
                    "wrote it, or name another file to --publish",
                    name_of(connection), version, schema_version));
  }
  if (sqlite3_db_readonly(connection.handle(), "main") == 1) {
    throw std::runtime_error(fmt::format(
        "journal {}: it can't be written to; --publish sqlite:FILE takes a file in a folder, both of which "
        "the server may write to",
        name_of(connection)));
  }
  if (empty) connection.execute(page_size);
  if (connection.text("PRAGMA journal_mode = WAL") != "wal") {
    throw std::runtime_error(fmt::format(
        "journal {}: its file system has no shared memory for SQLite's WAL mode; name a file on a "
        "local disk to --publish",
        name_of(connection)));
  }
  connection.execute(pragmas);
  if (empty) {
    create(connection);
  } else if (version < schema_version) {
    migrate(connection);
  }
}

}  // namespace geomatch::publish
