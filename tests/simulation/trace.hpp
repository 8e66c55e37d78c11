#pragma once

#include <cstdint>
#include <functional>
#include <iostream>
#include <string_view>

#include <fmt/format.h>

#include "scheduler.hpp"

namespace geomatch::simulation {

/// What happened, in order: as a digest to compare runs by, and as text for who looks into one run.
class Trace {
 public:
  Trace(const Scheduler& scheduler, bool verbose) : scheduler_(scheduler), verbose_(verbose) {}

  template <typename... Values>
  void operator()(fmt::format_string<Values...> text, Values&&... values) {
    if (verbose_) print(fmt::format(text, std::forward<Values>(values)...));
  }

  void mix(std::string_view bytes) noexcept {
    mix(std::hash<std::string_view>{}(bytes));
    mix(static_cast<std::uint64_t>(scheduler_.now().time_since_epoch().count()));
  }

  [[nodiscard]] std::uint64_t digest() const noexcept { return digest_; }

 private:
  void mix(std::uint64_t value) noexcept { digest_ = (digest_ ^ value) * 0x9E3779B97F4A7C15U + 1; }
  void print(std::string_view text) const {
    const auto at = std::chrono::duration<double>(scheduler_.now().time_since_epoch()).count() - 3600;
    std::cout << fmt::format("{:10.4f} s  {}\n", at, text);
  }

  const Scheduler& scheduler_;
  const bool verbose_;
  std::uint64_t digest_ = 0;
};

}  // namespace geomatch::simulation
