#pragma once

#include <filesystem>

#include "commit_result.hpp"
#include "sqlite_connection.hpp"

namespace geomatch::publish {

class Publication;
struct Record;

/// The journal's file, open for writing. One thread at a time.
class JournalFile {
 public:
  /// Throws std::runtime_error with the remedy.
  explicit JournalFile(const std::filesystem::path& path);

  /// Writes the records of all publications in `chain` in one transaction: all of them or none.
  [[nodiscard]] CommitResult commit(const Publication* chain) noexcept;

 private:
  void create_or_check();
  [[nodiscard]] bool insert(const Record& record) noexcept;
  [[nodiscard]] bool run(const SqliteStatement& statement) noexcept;
  [[nodiscard]] CommitResult roll_back(Outcome outcome) noexcept;

  SqliteConnection connection_;
  SqliteStatement begin_;
  SqliteStatement insert_;
  SqliteStatement commit_;
  SqliteStatement rollback_;
};

}  // namespace geomatch::publish
