#include "retention.hpp"

#include <algorithm>

namespace geomatch::publish {
namespace {

constexpr std::chrono::minutes look_every{1};

// The last segment that is older than ?1 and has none before it that isn't. One that is from after ?2, now,
// was written while the clock was wrong: it goes with its neighbours, or it would keep all others for years.
constexpr const char* last_old = R"(
SELECT coalesce(max(seq), 0) FROM marks WHERE latest < ?1 AND seq <
  coalesce((SELECT min(seq) FROM marks WHERE latest BETWEEN ?1 AND ?2), 9223372036854775807)
)";

}  // namespace

// The last mark stays: it knows the last number that was given.
Retention::Retention(SqliteConnection& connection, model::Milliseconds keep, const model::Clock& clock)
    : keep_(keep),
      clock_(clock),
      first_seq_(connection.prepare("SELECT coalesce(min(seq), 9223372036854775807) FROM records")),
      last_old_(connection.prepare(last_old)),
      delete_records_(connection.prepare("DELETE FROM records WHERE seq <= ?1")),
      delete_marks_(
          connection.prepare("DELETE FROM marks WHERE seq <= ?1 AND seq < (SELECT max(seq) FROM marks)")) {}

bool Retention::trim(std::size_t most) noexcept {
  if (std::chrono::steady_clock::now() < due()) return true;
  if (first_ > last_ && !look()) return false;
  if (first_ > last_) return true;
  const std::int64_t to = std::min(last_, first_ + static_cast<std::int64_t>(most) - 1);
  first_ = to + 1;
  return delete_to(to);
}

bool Retention::look() noexcept {
  const model::TimePoint now = clock_.now();
  sqlite3_bind_int64(last_old_.get(), 1, (now - keep_).time_since_epoch().count());
  sqlite3_bind_int64(last_old_.get(), 2, now.time_since_epoch().count());
  const auto last = run_for_integer(last_old_);
  const auto first = run_for_integer(first_seq_);
  if (!last || !first) return false;
  last_ = *last;
  first_ = *first;
  look_at_ = std::chrono::steady_clock::now() + look_every;
  return true;
}

bool Retention::delete_to(std::int64_t seq) noexcept {
  sqlite3_bind_int64(delete_records_.get(), 1, seq);
  sqlite3_bind_int64(delete_marks_.get(), 1, seq);
  return run(delete_records_) && run(delete_marks_);
}

std::chrono::steady_clock::time_point Retention::due() const noexcept {
  return first_ <= last_ ? std::chrono::steady_clock::time_point{} : look_at_;
}

void Retention::forget() noexcept {
  first_ = 1;
  last_ = 0;
  look_at_ = {};
}

}  // namespace geomatch::publish
