#include "kafka/repeated_lines.hpp"

#include <algorithm>
#include <utility>

#include <spdlog/spdlog.h>

namespace geomatch::publish {

std::optional<std::uint64_t> RepeatedLines::admit(const std::string& essence, Clock::time_point now) {
  const std::lock_guard lock{mutex_};
  const auto found = lines_.find(essence);
  if (found == lines_.end()) {
    if (lines_.size() == capacity) make_room();
    lines_.emplace(essence, Line{.said_at = now});
    return 0;
  }
  Line& known = found->second;
  if (now - known.said_at < interval) {
    ++known.held_back;
    return std::nullopt;
  }
  known.said_at = now;
  return std::exchange(known.held_back, 0);
}

void RepeatedLines::make_room() {
  lines_.erase(std::ranges::min_element(
      lines_, [](const auto& a, const auto& b) { return a.second.said_at < b.second.said_at; }));
}

void log_once_a_minute(spdlog::level::level_enum level, const std::string& line, const std::string& essence) {
  static RepeatedLines lines;  // the process has one log, whichever client speaks
  if (!spdlog::should_log(level)) return;
  const auto held_back = lines.admit(essence, RepeatedLines::Clock::now());
  if (!held_back) return;
  if (*held_back == 0) return spdlog::log(level, "{}", line);
  spdlog::log(level, "{} ({} more like it since it was last shown)", line, *held_back);
}

}  // namespace geomatch::publish
