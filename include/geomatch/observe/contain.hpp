#pragma once

#include <cstdint>
#include <string_view>

namespace geomatch::observe {

/// In a catch (...): logs the exception and what `failed`, and counts it.
void report_exception(std::string_view failed) noexcept;

/// Exceptions reported so far. Thread-safe.
[[nodiscard]] std::uint64_t reported_exceptions() noexcept;

/// Runs `action`; false if an exception left it, which is then reported. For threads that have to go on
/// whatever comes: what is lost is this one action.
template <typename Action>
bool contain(std::string_view what, Action&& action) noexcept {
  try {
    action();
    return true;
  } catch (...) {
    report_exception(what);
    return false;
  }
}

}  // namespace geomatch::observe
