#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "checkpoint_plan.hpp"
#include "sqlite_connection.hpp"

namespace geomatch::publish {

/// Keeps the WAL from growing, from a thread and a connection of its own, so that commits hardly wait for it.
class Checkpointer {
 public:
  /// `journal` is open elsewhere. Throws std::runtime_error with the remedy.
  explicit Checkpointer(const std::filesystem::path& journal);
  ~Checkpointer();

  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;

  /// The writer, when it isn't within a transaction: `frames` are in the WAL. May make it copy a little over
  /// its own connection, and wait for the thread where that doesn't keep up.
  void after_commit(SqliteConnection& writer, int frames);

 private:
  [[nodiscard]] CheckpointPlan::Step next_step(int frames);
  void work_until_stopped();
  void finish(const CheckpointPass& pass);

  SqliteConnection connection_;
  std::mutex mutex_;  // guards the plan and the flags
  std::condition_variable wakeup_;  // of the thread
  std::condition_variable done_;    // of a writer that waits for it
  CheckpointPlan plan_;
  bool asked_ = false;
  bool stopping_ = false;
  bool failing_ = false;
  std::thread thread_;
};

}  // namespace geomatch::publish
