#pragma once

#include <cerrno>
#include <memory>
#include <string>

namespace geomatch::publish {

/// SQLite's way to the disk, with failures on demand, for all connections that are opened while it lives. One
/// at a time; outlives the connections. Thread-safe.
class FaultyVfs {
 public:
  enum class Operation { write, sync, truncate };

  FaultyVfs();
  ~FaultyVfs();

  FaultyVfs(const FaultyVfs&) = delete;
  FaultyVfs& operator=(const FaultyVfs&) = delete;

  /// From now on `operation` gives `result` on files whose name ends with `suffix`, after it went well
  /// `after` times more, with `error` as the system's. A write writes its first half before that.
  void fail(Operation operation, std::string suffix, int result, int after = 0, int error = EIO);

  /// From now on writes to files whose name ends with `suffix` wait.
  void stall_writes(std::string suffix);
  [[nodiscard]] bool has_stalled() const;  ///< one waits

  /// All goes well again.
  void heal();

  /// How often an operation failed since `fail`.
  [[nodiscard]] int failures() const;

 private:
  struct State;
  static std::shared_ptr<State>& state();
  friend struct FaultyFile;
};

}  // namespace geomatch::publish
