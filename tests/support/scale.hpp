#pragma once

#include <cstddef>

namespace geomatch::test {

/// Under ThreadSanitizer or AddressSanitizer everything takes many times as long, and finds as much with
/// less.
#if defined(__SANITIZE_THREAD__)
inline constexpr bool under_thread_sanitizer = true;
inline constexpr std::size_t sanitizer_slowdown = 8;
#elif defined(__SANITIZE_ADDRESS__)
inline constexpr bool under_thread_sanitizer = false;
inline constexpr std::size_t sanitizer_slowdown = 4;
#else
inline constexpr bool under_thread_sanitizer = false;
inline constexpr std::size_t sanitizer_slowdown = 1;
#endif

/// `times`, or fewer where a sanitizer is watching.
[[nodiscard]] constexpr std::size_t scaled(std::size_t times) noexcept {
  return times / sanitizer_slowdown;
}

}  // namespace geomatch::test
