#pragma once

#include <filesystem>

namespace geomatch::publish {

/// Keeps a journal to one server: a lock on FILE.lock beside it, which the kernel releases however the
/// process ends. The file stays; without a lock on it it means nothing. It holds the process's id, for the
/// message.
///
/// Not on the journal itself: closing any descriptor of that would drop the locks that SQLite has on it.
class JournalLock {
 public:
  /// `journal` without symbolic links. Throws std::runtime_error with the remedy when another process has it.
  explicit JournalLock(const std::filesystem::path& journal);
  ~JournalLock();

  JournalLock(const JournalLock&) = delete;
  JournalLock& operator=(const JournalLock&) = delete;

 private:
  int file_;
};

}  // namespace geomatch::publish
