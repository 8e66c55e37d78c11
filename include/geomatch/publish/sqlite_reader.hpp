#pragma once

#include <filesystem>
#include <utility>

#include <geomatch/publish/log_reader.hpp>

namespace geomatch::publish {

/// Reads a journal that SqliteJournal wrote, over a connection of its own.
class SqliteReader final : public LogReader {
 public:
  explicit SqliteReader(std::filesystem::path path) : path_(std::move(path)) {}

  void replay(model::TimePoint since, const Sink& sink) override;

 private:
  std::filesystem::path path_;
};

}  // namespace geomatch::publish
