#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include <geomatch/publish/publication_queue.hpp>
#include <geomatch/publish/publisher.hpp>

namespace geomatch::publish {

class JournalFile;
class ResendWindow;

/// The embedded log: an SQLite file in WAL mode with synchronous=FULL. One thread writes; all that gathered
/// while it was at work goes into its next commit, so that one sync to disk serves them all.
///
/// An operator can query it while it runs:
///
///     sqlite3 geomatch.db 'SELECT seq, id, received_at, value FROM records ORDER BY seq DESC LIMIT 10'
class SqliteJournal final : public Publisher {
 public:
  /// Opens or creates `path`. At most `queue_capacity` records wait. Throws std::runtime_error with the
  /// remedy when the file can't be opened for writing or is no journal of ours.
  SqliteJournal(const std::filesystem::path& path, std::size_t queue_capacity, ResendWindow& resends);
  ~SqliteJournal() override;

  [[nodiscard]] bool publish(Publication& publication) noexcept override;
  [[nodiscard]] std::string unavailable_reason() const override;
  [[nodiscard]] std::size_t pending() const noexcept override;
  void stop(std::chrono::milliseconds deadline) noexcept override;

 private:
  void write_until_stopped();
  void write(Publication* chain);
  void report(std::string failure);
  void wait_until_woken();
  void wake_writer() noexcept;

  const std::size_t queue_capacity_;
  ResendWindow& resends_;
  std::unique_ptr<JournalFile> file_;  // the writer's alone

  PublicationQueue queue_;
  std::atomic<std::size_t> pending_{0};
  std::atomic<bool> accepting_{true};
  std::atomic<bool> abandoning_{false};  // past the deadline: what is left is not written any more

  mutable std::mutex mutex_;  // guards the three below
  std::condition_variable wakeup_;
  bool woken_ = false;
  bool finished_ = false;  // the writer has left
  std::string failure_;    // the last commit's, empty when it was well

  std::thread writer_;
};

}  // namespace geomatch::publish
