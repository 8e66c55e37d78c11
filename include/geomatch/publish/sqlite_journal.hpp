#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <geomatch/model/clock.hpp>
#include <geomatch/publish/journal_settings.hpp>
#include <geomatch/publish/publication_queue.hpp>
#include <geomatch/publish/publisher.hpp>

namespace geomatch::publish {

class Backoff;
class JournalFile;
class JournalHealth;
class ResendWindow;

/// The embedded log: an SQLite file in WAL mode with synchronous=FULL. One thread writes; all that gathered
/// while it was at work goes into its next commit, so that one sync to disk serves them all. When that thread
/// has time it deletes what is older than the retention.
///
/// While commits fail, `publish` refuses, and the writer tries by itself until they succeed again.
///
/// One server has a journal (FILE.lock). An operator can query it while it runs:
///
///     sqlite3 geomatch.db 'SELECT seq, id, received_at, value FROM records ORDER BY seq DESC LIMIT 10'
class SqliteJournal final : public Publisher {
 public:
  /// Opens or creates the file. Throws std::runtime_error with the remedy when it can't be written to, is no
  /// journal of ours, or another process has it.
  SqliteJournal(const JournalSettings& settings, ResendWindow& resends);

  /// The same with another clock, which tells what is old. It outlives this.
  SqliteJournal(const JournalSettings& settings, ResendWindow& resends, const model::Clock& clock);
  ~SqliteJournal() override;

  [[nodiscard]] bool publish(Publication& publication) noexcept override;
  [[nodiscard]] std::string unavailable_reason() const override;
  [[nodiscard]] std::size_t pending() const noexcept override;
  void stop(std::chrono::milliseconds deadline) noexcept override;

 private:
  using TimePoint = std::chrono::steady_clock::time_point;

  struct Doubt {
    std::string id;
    std::string uuid;
  };

  void write_until_stopped();
  void write(Publication* chain);
  void settle(Publication* chain, Outcome outcome);
  void note_doubts(const Publication* chain);
  void resolve_doubts();
  [[nodiscard]] TimePoint duty_due() const noexcept;
  void do_duty();
  void report(const std::string& failure);
  [[nodiscard]] bool woken_by(TimePoint time);
  void wake_writer() noexcept;

  const std::size_t queue_capacity_;
  ResendWindow& resends_;
  const std::unique_ptr<JournalHealth> health_;
  const std::unique_ptr<Backoff> backoff_;  // the writer's alone, as the next four
  const std::unique_ptr<JournalFile> file_;
  TimePoint probe_at_;
  std::vector<Doubt> doubts_;  // of a commit that failed, until one succeeds: no more come in between

  PublicationQueue queue_;
  std::atomic<std::size_t> pending_{0};
  std::atomic<bool> accepting_{true};
  std::atomic<bool> abandoning_{false};  // past the deadline: what is left is not written any more

  std::mutex mutex_;  // guards the two flags
  std::condition_variable wakeup_;
  bool woken_ = false;
  bool finished_ = false;  // the writer has left

  std::thread writer_;
};

}  // namespace geomatch::publish
