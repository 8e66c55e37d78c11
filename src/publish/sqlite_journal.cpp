#include <spdlog/spdlog.h>

#include <geomatch/publish/publication.hpp>
#include <geomatch/publish/settlement.hpp>
#include <geomatch/publish/sqlite_journal.hpp>

#include "journal_file.hpp"

namespace geomatch::publish {

SqliteJournal::SqliteJournal(const std::filesystem::path& path, std::size_t queue_capacity,
                             ResendWindow& resends)
    : queue_capacity_(queue_capacity), resends_(resends), file_(std::make_unique<JournalFile>(path)) {
  writer_ = std::thread{[this] { write_until_stopped(); }};
}

SqliteJournal::~SqliteJournal() {
  stop(std::chrono::milliseconds{0});
}

bool SqliteJournal::publish(Publication& publication) noexcept {
  // Counted before the look at accepting_: the writer leaves only at a count of zero after that flag has
  // fallen, so whoever saw it standing is waited for. Both are sequentially consistent for that.
  if (pending_.fetch_add(1) >= queue_capacity_ || !accepting_) {
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

void SqliteJournal::wait_until_woken() {
  std::unique_lock lock{mutex_};
  wakeup_.wait(lock, [this] { return woken_; });
  woken_ = false;
}

void SqliteJournal::write_until_stopped() {
  while (accepting_ || pending_ != 0) {
    wait_until_woken();
    while (Publication* chain = queue_.take_all()) write(chain);
  }
  const std::lock_guard lock{mutex_};
  finished_ = true;
  wakeup_.notify_all();
}

void SqliteJournal::write(Publication* chain) {
  // Relaxed: a flag on its own; seen one batch late it does no harm.
  CommitResult result = abandoning_.load(std::memory_order_relaxed)
                            ? CommitResult{.outcome = Outcome::not_published, .failure = "shutting down"}
                            : file_->commit(chain);
  report(std::move(result.failure));
  std::size_t settled = 0;
  Settlement settlement{resends_};
  while (chain != nullptr) {
    Publication* following = PublicationQueue::next(*chain);  // settling links it anew
    settlement.settle(*chain, result.outcome);
    chain = following;
    ++settled;
  }
  // Before the settlement hands them over: whoever learns of an outcome doesn't find it pending.
  pending_.fetch_sub(settled);
}

void SqliteJournal::report(std::string failure) {
  bool failed_before = false;
  {
    const std::lock_guard lock{mutex_};
    failed_before = !failure_.empty();
    failure_ = failure;
  }
  if (!failure.empty() && !failed_before) spdlog::error("{}", failure);
  if (failure.empty() && failed_before) spdlog::info("journal: commits succeed again");
}

std::string SqliteJournal::unavailable_reason() const {
  const std::lock_guard lock{mutex_};
  return failure_;
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
  writer_.join();
}

}  // namespace geomatch::publish
