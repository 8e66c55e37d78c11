#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace geomatch::app {

/// Reads a whole number with its unit: "500ms", "75s", "15min", "2h", "7d". Nothing for anything else, a
/// number without a unit among it.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) noexcept;

/// The text with the largest unit that `parse_duration` reads back.
[[nodiscard]] std::string duration_text(std::chrono::milliseconds duration);

}  // namespace geomatch::app
