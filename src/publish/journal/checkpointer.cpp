#include "checkpointer.hpp"

#include <spdlog/spdlog.h>

#include <geomatch/observe/contain.hpp>

namespace geomatch::publish {

Checkpointer::Checkpointer(const std::filesystem::path& journal)
    : connection_(journal, SQLITE_OPEN_READWRITE) {
  connection_.execute("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;");
  // Reads, or there would be no WAL to this connection yet.
  static_cast<void>(connection_.integer("PRAGMA user_version"));
  thread_ = std::thread{[this] { work_until_stopped(); }};
}

Checkpointer::~Checkpointer() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  wakeup_.notify_one();
  thread_.join();
}

void Checkpointer::after_commit(SqliteConnection& writer, int frames) {
  CheckpointPlan::Step step{};
  {
    std::unique_lock lock{mutex_};
    step = next_step(frames);
    if (plan_.must_wait()) {
      done_.wait(lock, [this] { return !plan_.must_wait(); });
      step = next_step(frames);
    }
  }
  if (step == CheckpointPlan::Step::writer) finish(checkpoint(writer));
}

CheckpointPlan::Step Checkpointer::next_step(int frames) {
  const CheckpointPlan::Step step = plan_.after_commit(frames);
  if (step == CheckpointPlan::Step::background) {
    asked_ = true;
    wakeup_.notify_one();
  }
  return step;
}

void Checkpointer::work_until_stopped() {
  std::unique_lock lock{mutex_};
  while (true) {
    wakeup_.wait(lock, [this] { return asked_ || stopping_; });
    if (stopping_) return;
    asked_ = false;
    lock.unlock();
    CheckpointPass pass{.failure = "journal: a checkpoint met an exception"};
    observe::contain("a checkpoint of the journal", [&] { pass = checkpoint(connection_); });
    finish(pass);  // in any case: the writer may wait for it
    lock.lock();
  }
}

void Checkpointer::finish(const CheckpointPass& pass) {
  const std::lock_guard lock{mutex_};
  plan_.done(pass);
  done_.notify_one();
  const bool failed = !pass.failure.empty();
  if (failed && !failing_) spdlog::error("{}; until then the -wal file grows", pass.failure);
  if (!failed && failing_) spdlog::info("journal: the -wal file is copied to the database again");
  failing_ = failed;
}

}  // namespace geomatch::publish
