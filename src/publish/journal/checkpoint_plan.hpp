#pragma once

#include "checkpoint_pass.hpp"

namespace geomatch::publish {

/// Decides who copies the WAL to the database, and when. Most is copied in the background while commits go
/// on. But SQLite begins the WAL anew only with a commit that finds all of it copied, which under steady load
/// the background never achieves: so the writer itself copies the little that is left, between two commits.
///
/// SQLite up to 3.51.2 corrupts the database if a pass begins with everything copied already and a commit
/// begins the WAL anew in that moment (sqlite.org/wal.html, "The WAL-Reset Bug"). Here the background is only
/// asked when there is something left to copy, and nobody else copies until it is done.
class CheckpointPlan {
 public:
  enum class Step {
    none,
    background,  ///< a pass in the background: `done` when it is
    writer,      ///< a pass now, before the next commit: `done` when it is
  };

  /// In frames of the WAL, which are pages of the database.
  struct Sizes {
    int begin = 2048;     ///< 16 MiB: less isn't copied at all
    int rest = 256;       ///< 2 MiB: what the writer may copy
    int too_many = 8192;  ///< 64 MiB: where the background doesn't keep up, the writer copies what is left
    int most = 16384;     ///< 128 MiB: from here on the writer waits for the background, however slow the disk
  };

  CheckpointPlan() noexcept : CheckpointPlan(Sizes{}) {}
  explicit CheckpointPlan(Sizes sizes) noexcept : sizes_(sizes), next_(sizes.begin) {}

  /// `frames` are in the WAL after a commit.
  [[nodiscard]] Step after_commit(int frames) noexcept;

  /// Whether the writer has to wait until the pass in the background is done, and then ask again. So the WAL
  /// is no longer than `most` and a commit, unless a reader or a failing disk keeps it from being copied.
  [[nodiscard]] bool must_wait() const noexcept {
    return under_way_ && !by_writer_ && frames_ >= sizes_.most;
  }

  void done(const CheckpointPass& pass) noexcept;

 private:
  const Sizes sizes_;
  int frames_ = 0;
  int copied_ = 0;          // of those, by complete passes
  int next_;                // nothing to do below this many
  bool by_writer_ = false;  // the step under way is the writer's
  bool under_way_ = false;
};

}  // namespace geomatch::publish
