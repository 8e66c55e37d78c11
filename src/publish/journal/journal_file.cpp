#include "journal_file.hpp"

#include <algorithm>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

#include <geomatch/publish/publication.hpp>
#include <geomatch/publish/publication_queue.hpp>

#include "journal_schema.hpp"

namespace geomatch::publish {
namespace {

constexpr std::chrono::milliseconds patience{1000};  // how long an operator's shell may hold the file
constexpr std::size_t most_tidied = 1024;            // a few milliseconds for whoever comes in between

// Without symbolic links: so that it is locked by one name only. Absolute, too: ":memory:" is a file here.
std::filesystem::path canonical_path(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    throw std::runtime_error(
        fmt::format("journal {}: it is a folder; --publish sqlite:FILE takes a file", path.string()));
  }
  std::error_code failed;
  const auto absolute = std::filesystem::absolute(path, failed);
  if (failed) {
    throw std::runtime_error(
        fmt::format("journal {}: there is no working folder ({}); name it from the root on: "
                    "--publish sqlite:/FOLDER/FILE",
                    path.string(), failed.message()));
  }
  auto whole = std::filesystem::weakly_canonical(absolute, failed);
  return failed ? absolute : whole;
}

int note_frames(void* frames, sqlite3* /*connection*/, const char* /*database*/, int count) noexcept {
  *static_cast<int*>(frames) = count;
  return SQLITE_OK;
}

SqliteConnection open_journal(const std::filesystem::path& path, int (*wait)(void*, int), void* self) {
  SqliteConnection connection{path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE};
  sqlite3_busy_handler(connection.handle(), wait, self);
  prepare_journal(connection);
  return connection;
}

}  // namespace

JournalFile::JournalFile(const std::filesystem::path& path, model::Milliseconds retention,
                         const model::Clock& clock)
    : clock_(clock),
      path_(canonical_path(path)),
      lock_(path_),
      connection_(open_journal(path_, &wait_for_others, this)),
      begin_(connection_.prepare("BEGIN IMMEDIATE")),
      commit_(connection_.prepare("COMMIT")),
      rollback_(connection_.prepare("ROLLBACK")),
      touch_(connection_.prepare(set_version)),
      tail_(connection_),
      retention_(connection_, retention, clock),
      checkpointer_(path_) {
  if (!tail_.load()) throw std::runtime_error(connection_.failure());  // better now than at the first record
  sqlite3_wal_hook(connection_.handle(), &note_frames, &wal_frames_);
}

int JournalFile::wait_for_others(void* self, int tries) noexcept {
  auto& file = *static_cast<JournalFile*>(self);
  const auto now = std::chrono::steady_clock::now();
  if (tries == 0) file.patient_until_ = now + patience;
  // Relaxed: a flag on its own; seen a little late it does no harm.
  if (file.giving_up_.load(std::memory_order_relaxed) || now >= file.patient_until_) return 0;
  std::this_thread::sleep_for(std::chrono::milliseconds{std::min(1 + tries, 10)});
  return 1;
}

void JournalFile::give_up() noexcept {
  giving_up_.store(true, std::memory_order_relaxed);
}

bool JournalFile::begin() noexcept {
  return run(begin_) && tail_.load();
}

// What is certain of a failed commit. Its frames go into the WAL one after the other, the one that makes them
// a transaction last: where there was no room, that one isn't whole, and nothing counts. After any other
// failure all of them may have reached the disk, and count if the process ends now; so that is unknown. If it
// goes on, SQLite counts none of them: the next commit overwrites them from the first on, in the same place,
// and what lies behind a shorter one isn't valid, as each frame's checksum continues that of the frame
// before.
CommitResult JournalFile::end() noexcept {
  if (run(commit_)) return {};
  const bool certain = connection_.lacked_room() || connection_.failure_code() == SQLITE_BUSY;
  return roll_back(certain ? Outcome::not_published : Outcome::unknown);
}

CommitResult JournalFile::roll_back(Outcome outcome) noexcept {
  CommitResult result{.outcome = outcome, .failure = connection_.failure()};
  // Most failures have rolled back by themselves.
  if (sqlite3_get_autocommit(connection_.handle()) == 0) static_cast<void>(run(rollback_));
  tail_.forget();
  retention_.forget();
  return result;
}

CommitResult JournalFile::commit(const Publication* chain) noexcept {
  if (!begin()) return roll_back(Outcome::not_published);
  std::size_t count = 0;
  for (; chain != nullptr; chain = PublicationQueue::next(*chain)) {
    if (!tail_.append(chain->record)) return roll_back(Outcome::not_published);
    ++count;
  }
  // Twice what was written: so it catches up however much is written.
  if (!retention_.trim(2 * count)) return roll_back(Outcome::not_published);
  return end();
}

CommitResult JournalFile::tidy() noexcept {
  if (!begin() || !tail_.mark_old(clock_.now()) || !retention_.trim(most_tidied)) {
    return roll_back(Outcome::not_published);
  }
  return end();
}

CommitResult JournalFile::probe() noexcept {
  if (!begin() || !run(touch_)) return roll_back(Outcome::not_published);
  return end();
}

}  // namespace geomatch::publish
