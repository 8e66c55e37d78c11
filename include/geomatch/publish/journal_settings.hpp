#pragma once

#include <cstddef>
#include <filesystem>

#include <geomatch/model/time.hpp>

namespace geomatch::publish {

/// What SqliteJournal needs to know.
struct JournalSettings {
  std::filesystem::path file;
  /// Records not settled, at most.
  std::size_t queue_capacity = 100'000;
  /// How long a record is kept at least; about an hour later it is deleted.
  model::Milliseconds retention = std::chrono::days{7};
};

}  // namespace geomatch::publish
