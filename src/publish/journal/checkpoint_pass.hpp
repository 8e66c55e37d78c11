#pragma once

#include <string>

namespace geomatch::publish {

class SqliteConnection;

/// What came of one pass that copied the WAL's contents to where they belong in the database.
struct CheckpointPass {
  int frames = 0;       ///< that the WAL had when it began
  int copied = 0;       ///< of those, by this pass or one before
  std::string failure;  ///< empty when it was well

  /// False where it failed, or a reader needs what the database has now.
  [[nodiscard]] bool complete() const noexcept { return failure.empty() && copied == frames; }
};

/// Makes a pass without waiting for anyone (SQLITE_CHECKPOINT_PASSIVE).
[[nodiscard]] CheckpointPass checkpoint(SqliteConnection& connection);

}  // namespace geomatch::publish
