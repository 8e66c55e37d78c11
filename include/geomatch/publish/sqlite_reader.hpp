#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

#include <geomatch/publish/log_reader.hpp>

namespace geomatch::publish {

/// Reads a journal that SqliteJournal wrote, over a connection of its own.
class SqliteReader final : public LogReader {
 public:
  explicit SqliteReader(std::filesystem::path path) : path_(std::move(path)) {}

  bool replay(model::TimePoint since, const Sink& sink) override;
  [[nodiscard]] std::string progress() const override;
  void stop() noexcept override;

 private:
  std::filesystem::path path_;
  std::atomic<bool> stopping_{false};
  // Relaxed: figures on their own.
  std::atomic<std::int64_t> read_{0};
  std::atomic<std::int64_t> expected_{0};
};

}  // namespace geomatch::publish
