#pragma once

#include <atomic>

#include <geomatch/publish/publisher.hpp>

namespace geomatch::publish {

class ResendWindow;

/// No log: every record counts as published at once, on the caller's thread. For benchmarks.
class NullPublisher final : public Publisher {
 public:
  explicit NullPublisher(ResendWindow& resends) noexcept : resends_(resends) {}

  [[nodiscard]] bool publish(Publication& publication) noexcept override;
  [[nodiscard]] bool keeps_values() const noexcept override { return false; }
  [[nodiscard]] std::string unavailable_reason() const override { return {}; }
  [[nodiscard]] std::size_t pending() const noexcept override { return 0; }
  void stop(std::chrono::milliseconds deadline) noexcept override;

 private:
  ResendWindow& resends_;
  std::atomic<bool> stopped_{false};
};

}  // namespace geomatch::publish
