#include "journal_tail.hpp"

#include <algorithm>

#include <geomatch/publish/record.hpp>

#include "journal_schema.hpp"

namespace geomatch::publish {
namespace {

constexpr std::chrono::hours longest_segment{1};

std::int64_t number(model::TimePoint time) noexcept {
  return time.time_since_epoch().count();
}

model::TimePoint time(std::int64_t number) noexcept {
  return model::TimePoint{model::Milliseconds{number}};
}

void bind(sqlite3_stmt* statement, int parameter, const std::string& text) noexcept {
  // SQLITE_STATIC: the record stays as it is until it is settled, well after the step.
  sqlite3_bind_text(statement, parameter, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}

}  // namespace

// The last mark counts for last_seq_ as well, so that numbers never come again, even if all records were
// deleted.
JournalTail::JournalTail(SqliteConnection& connection)
    : insert_(
          connection.prepare("INSERT INTO records (seq, id, received_at, value) VALUES (?1, ?2, ?3, ?4)")),
      insert_mark_(connection.prepare("INSERT INTO marks (seq, latest) VALUES (?1, ?2)")),
      last_seq_(connection.prepare("SELECT max(coalesce((SELECT max(seq) FROM records), 0),"
                                   " coalesce((SELECT max(seq) FROM marks), 0))")),
      last_mark_(connection.prepare("SELECT coalesce(max(seq), 0) FROM marks")),
      select_segment_(connection.prepare(
          "SELECT count(*), min(received_at), max(received_at) FROM records WHERE seq > ?1")) {}

bool JournalTail::load() noexcept {
  if (known_) return true;
  const auto seq = run_for_integer(last_seq_);
  const auto last_mark = run_for_integer(last_mark_);
  if (!seq || !last_mark || !load_segment(*last_mark)) return false;
  seq_ = *seq;
  known_ = true;
  return true;
}

bool JournalTail::load_segment(std::int64_t last_mark) noexcept {
  sqlite3_stmt* select = select_segment_.get();
  sqlite3_bind_int64(select, 1, last_mark);
  const bool found = sqlite3_step(select) == SQLITE_ROW;
  if (found) {
    segment_ = {.records = static_cast<std::size_t>(sqlite3_column_int64(select, 0)),
                .first = time(sqlite3_column_int64(select, 1)),
                .latest = time(sqlite3_column_int64(select, 2))};
  }
  sqlite3_reset(select);
  return found;
}

bool JournalTail::insert(const Record& record) noexcept {
  sqlite3_stmt* insert = insert_.get();
  sqlite3_bind_int64(insert, 1, ++seq_);
  bind(insert, 2, record.key);
  sqlite3_bind_int64(insert, 3, number(record.received_at));
  if (record.value) {
    bind(insert, 4, *record.value);
  } else {
    sqlite3_bind_null(insert, 4);
  }
  return run(insert_);
}

bool JournalTail::append(const Record& record) noexcept {
  if (!mark_old(record.received_at) || !insert(record)) return false;
  if (segment_.records++ == 0) {
    segment_.first = segment_.latest = record.received_at;
  } else {
    segment_.latest = std::max(segment_.latest, record.received_at);
  }
  return segment_.records < records_in_segment || mark();
}

bool JournalTail::mark_old(model::TimePoint now) noexcept {
  return segment_.records == 0 || now - segment_.first < longest_segment || mark();
}

bool JournalTail::mark() noexcept {
  sqlite3_bind_int64(insert_mark_.get(), 1, seq_);
  sqlite3_bind_int64(insert_mark_.get(), 2, number(segment_.latest));
  segment_ = {};
  return run(insert_mark_);
}

}  // namespace geomatch::publish
