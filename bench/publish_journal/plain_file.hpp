#pragma once

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

#include <geomatch/publish/publication_queue.hpp>
#include <geomatch/publish/publisher.hpp>

namespace geomatch::publish {
class ResendWindow;
}

namespace geomatch::bench {

/// What a journal is measured against: the same bytes appended to a file with one write and one fdatasync for
/// all that gathered during those before.
class PlainFile final : public publish::Publisher {
 public:
  PlainFile(const std::filesystem::path& path, publish::ResendWindow& resends);
  ~PlainFile() override { stop({}); }

  [[nodiscard]] bool publish(publish::Publication& publication) noexcept override;
  [[nodiscard]] std::string unavailable_reason() const override { return {}; }
  [[nodiscard]] std::size_t pending() const noexcept override { return 0; }

  /// Nothing may be pending.
  void stop(std::chrono::milliseconds deadline) noexcept override;

 private:
  void write_until_stopped();
  void write(publish::Publication* chain);
  void wake() noexcept;

  publish::ResendWindow& resends_;
  int file_;
  std::string bytes_;
  publish::PublicationQueue queue_;
  std::mutex mutex_;  // guards the two flags
  std::condition_variable wakeup_;
  bool woken_ = false;
  bool stopping_ = false;
  std::thread writer_;
};

}  // namespace geomatch::bench
