#include "journal_file.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include <geomatch/publish/publication.hpp>
#include <geomatch/publish/publication_queue.hpp>

namespace geomatch::publish {
namespace {

constexpr std::int64_t application_id = 0x67656f6d;  // "geom": tells our files from others'
constexpr std::int64_t schema_version = 1;
constexpr int busy_timeout_ms = 1000;  // how long an operator's shell may hold the file

constexpr const char* schema = R"(
CREATE TABLE records (
  seq         INTEGER PRIMARY KEY,  -- the order of the log
  id          TEXT NOT NULL,        -- the entity
  received_at INTEGER NOT NULL,     -- milliseconds since 1970, UTC
  value       TEXT                  -- the record as JSON; NULL where the entity was deleted
);
CREATE INDEX records_received_at ON records (received_at);
)";

}  // namespace

JournalFile::JournalFile(const std::filesystem::path& path)
    : connection_(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) {
  sqlite3_busy_timeout(connection_.handle(), busy_timeout_ms);
  create_or_check();
  begin_ = connection_.prepare("BEGIN IMMEDIATE");
  insert_ = connection_.prepare("INSERT INTO records (id, received_at, value) VALUES (?1, ?2, ?3)");
  commit_ = connection_.prepare("COMMIT");
  rollback_ = connection_.prepare("ROLLBACK");
}

void JournalFile::create_or_check() {
  const bool empty = connection_.integer("SELECT count(*) FROM sqlite_schema") == 0;
  const std::int64_t application = connection_.integer("PRAGMA application_id");
  const std::int64_t version = connection_.integer("PRAGMA user_version");
  if (!empty && application != application_id) {
    throw std::runtime_error(
        fmt::format("{} is a database, but not a geomatch journal; name another file to --publish",
                    sqlite3_db_filename(connection_.handle(), "main")));
  }
  if (!empty && version != schema_version) {
    throw std::runtime_error(
        fmt::format("journal {} has version {}, this server writes version {}; start the server "
                    "that wrote it, or name another file to --publish",
                    sqlite3_db_filename(connection_.handle(), "main"), version, schema_version));
  }
  connection_.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  if (empty) {
    connection_.execute(fmt::format("BEGIN; PRAGMA application_id = {}; PRAGMA user_version = {}; {} COMMIT;",
                                    application_id, schema_version, schema));
  }
}

bool JournalFile::run(const SqliteStatement& statement) noexcept {
  const int result = sqlite3_step(statement.get());
  sqlite3_reset(statement.get());
  return result == SQLITE_DONE;
}

bool JournalFile::insert(const Record& record) noexcept {
  sqlite3_stmt* insert = insert_.get();
  // SQLITE_STATIC: the record stays as it is until it is settled, well after the step.
  sqlite3_bind_text(insert, 1, record.key.data(), static_cast<int>(record.key.size()), SQLITE_STATIC);
  sqlite3_bind_int64(insert, 2, record.received_at.time_since_epoch().count());
  if (record.value) {
    sqlite3_bind_text(insert, 3, record.value->data(), static_cast<int>(record.value->size()), SQLITE_STATIC);
  } else {
    sqlite3_bind_null(insert, 3);
  }
  return run(insert_);
}

CommitResult JournalFile::roll_back(Outcome outcome) noexcept {
  CommitResult result{.outcome = outcome, .failure = connection_.failure()};
  // Some failures have rolled back by themselves.
  if (sqlite3_get_autocommit(connection_.handle()) == 0) static_cast<void>(run(rollback_));
  return result;
}

CommitResult JournalFile::commit(const Publication* chain) noexcept {
  if (!run(begin_)) return roll_back(Outcome::not_published);
  for (; chain != nullptr; chain = PublicationQueue::next(*chain)) {
    if (!insert(chain->record)) return roll_back(Outcome::not_published);
  }
  if (run(commit_)) return {};
  // Only an I/O error leaves it open whether the frames have reached the disk.
  const bool unknown = (sqlite3_errcode(connection_.handle()) & 0xff) == SQLITE_IOERR;
  return roll_back(unknown ? Outcome::unknown : Outcome::not_published);
}

}  // namespace geomatch::publish
