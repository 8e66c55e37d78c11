#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace geomatch::app {

/// The number that `text` is, all of it; nothing when it isn't one or doesn't fit.
template <typename Number>
[[nodiscard]] std::optional<Number> parse_number(std::string_view text) noexcept {
  Number number{};
  const auto* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || rest != end) {
    return std::nullopt;
  }
  return number;
}

}  // namespace geomatch::app
