#pragma once

#include <chrono>
#include <thread>

namespace geomatch::test {

/// Waits until `question()` is true; false if that takes longer than any machine needs.
template <typename Question>
[[nodiscard]] bool comes_true(Question question) {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds{30};
  while (!question()) {
    if (std::chrono::steady_clock::now() > give_up) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  return true;
}

}  // namespace geomatch::test
