#include <utility>

#include <geomatch/model/system_clock.hpp>
#include <geomatch/observe/contain.hpp>
#include <geomatch/publish/publication.hpp>
#include <geomatch/publish/resend_window.hpp>
#include <geomatch/publish/settlement.hpp>
#include <geomatch/publish/sqlite_journal.hpp>

#include "backoff.hpp"
#include "journal_file.hpp"
#include "journal_health.hpp"

namespace geomatch::publish {

using observe::contain;

namespace {

constexpr std::chrono::milliseconds shortest_wait{50};
constexpr std::chrono::milliseconds longest_wait{1000};

const model::Clock& system_clock() {
  static const model::SystemClock clock;
  return clock;
}

}  // namespace

SqliteJournal::SqliteJournal(const JournalSettings& settings, ResendWindow& resends)
    : SqliteJournal(settings, resends, system_clock()) {}

SqliteJournal::SqliteJournal(const JournalSettings& settings, ResendWindow& resends,
                             const model::Clock& clock)
    : queue_capacity_(settings.queue_capacity),
      resends_(resends),
      health_(std::make_unique<JournalHealth>()),
      backoff_(std::make_unique<Backoff>(shortest_wait, longest_wait)),
      file_(std::make_unique<JournalFile>(settings.file, settings.retention, clock)) {
  writer_ = std::thread{[this] { write_until_stopped(); }};
}

SqliteJournal::~SqliteJournal() {
  stop(std::chrono::milliseconds{0});
}

bool SqliteJournal::publish(Publication& publication) noexcept {
  // Counted before the look at accepting_: the writer leaves only at a count of zero after that flag has
  // fallen, so whoever saw it standing is waited for. Both are sequentially consistent for that.
  if (pending_.fetch_add(1) >= queue_capacity_ || !accepting_ || health_->failing()) {
    pending_.fetch_sub(1);
    if (!accepting_) wake_writer();
    return false;
  }
  if (queue_.push(publication)) wake_writer();
  return true;
}

void SqliteJournal::wake_writer() noexcept {
  {
    const std::lock_guard lock{mutex_};
    woken_ = true;
  }
  wakeup_.notify_all();
}

bool SqliteJournal::woken_by(TimePoint time) {
  std::unique_lock lock{mutex_};
  const bool woken = wakeup_.wait_until(lock, time, [this] { return woken_; });
  woken_ = false;
  return woken;
}

void SqliteJournal::write_until_stopped() {
  while (accepting_ || pending_ != 0) {
    if (Publication* chain = queue_.take_all()) {
      write(chain);
    } else if (!woken_by(duty_due())) {
      do_duty();
    }
  }
  const std::lock_guard lock{mutex_};
  finished_ = true;
  wakeup_.notify_all();
}

void SqliteJournal::write(Publication* chain) {
  // Relaxed: a flag on its own; seen one batch late it does no harm.
  if (health_->failing() || abandoning_.load(std::memory_order_relaxed)) {
    return settle(chain, Outcome::not_published);
  }
  const CommitResult result = file_->commit(chain);
  contain("the journal's writer", [&] {
    if (result.failure.empty()) backoff_->reset();
    report(result.failure);  // first: who gets the outcome finds the reason
    if (result.outcome == Outcome::unknown) note_doubts(chain);
  });
  settle(chain, result.outcome);  // whatever came: they are answered
  contain("the journal's writer", [this] { file_->limit_wal(); });
}

void SqliteJournal::note_doubts(const Publication* chain) {
  for (; chain != nullptr; chain = PublicationQueue::next(*chain)) {
    if (!chain->uuid.empty()) doubts_.push_back({.id = chain->record.key, .uuid = chain->uuid});
  }
}

// A commit has overwritten what may have been left on disk of one that failed.
void SqliteJournal::resolve_doubts() {
  for (const Doubt& doubt : std::exchange(doubts_, {})) resends_.resolve(doubt.id, doubt.uuid);
}

void SqliteJournal::settle(Publication* chain, Outcome outcome) {
  std::size_t settled = 0;
  Settlement settlement{resends_};
  while (chain != nullptr) {
    Publication* following = PublicationQueue::next(*chain);  // settling links it anew
    settlement.settle(*chain, outcome);
    chain = following;
    ++settled;
  }
  // Before the settlement hands them over: whoever learns of an outcome doesn't find it pending.
  pending_.fetch_sub(settled);
}

SqliteJournal::TimePoint SqliteJournal::duty_due() const noexcept {
  if (!accepting_) return TimePoint::max();
  return health_->failing() ? probe_at_ : file_->tidy_due();
}

void SqliteJournal::do_duty() {
  contain("the journal's writer", [this] {
    report((health_->failing() ? file_->probe() : file_->tidy()).failure);
    file_->limit_wal();
  });
}

void SqliteJournal::report(const std::string& failure) {
  health_->report(failure);
  if (failure.empty()) {
    if (!doubts_.empty()) resolve_doubts();
    return;
  }
  probe_at_ = std::chrono::steady_clock::now() + backoff_->next();
}

std::string SqliteJournal::unavailable_reason() const {
  return health_->reason();
}

std::size_t SqliteJournal::pending() const noexcept {
  return pending_.load(std::memory_order_relaxed);
}

void SqliteJournal::stop(std::chrono::milliseconds deadline) noexcept {
  if (!writer_.joinable()) return;
  accepting_ = false;
  wake_writer();
  {
    std::unique_lock lock{mutex_};
    wakeup_.wait_for(lock, deadline, [this] { return finished_; });
  }
  abandoning_.store(true, std::memory_order_relaxed);
  file_->give_up();
  writer_.join();
}

}  // namespace geomatch::publish
