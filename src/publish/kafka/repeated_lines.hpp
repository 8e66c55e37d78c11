#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include <spdlog/common.h>

namespace geomatch::publish {

/// Keeps a log readable while the same goes wrong again and again: it is said once a minute, and then how
/// often it was held back. Thread-safe.
class RepeatedLines {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::seconds interval{60};
  static constexpr std::size_t capacity = 256;  // remembered at most; beyond, the oldest is forgotten

  /// How often what `essence` stands for was held back since it was last said, or nullopt: it is held back
  /// now.
  [[nodiscard]] std::optional<std::uint64_t> admit(const std::string& essence, Clock::time_point now);

 private:
  struct Line {
    Clock::time_point said_at;
    std::uint64_t held_back = 0;
  };

  void make_room();

  std::mutex mutex_;
  std::unordered_map<std::string, Line> lines_;
};

/// Logs `line` unless one of the same essence, which is what stays when it is repeated, was logged within the
/// last minute. Any thread.
void log_once_a_minute(spdlog::level::level_enum level, const std::string& line, const std::string& essence);

}  // namespace geomatch::publish
