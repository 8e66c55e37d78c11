#pragma once

#include <chrono>
#include <cstdio>

#include "options.hpp"
#include "process_cost.hpp"
#include "watcher.hpp"

namespace geomatch::load {

/// Prints a line each second, and notes what the server cost at the beginning and the end of what is
/// measured.
class Progress final : public Watcher {
 public:
  /// Prints to `out`, unless told to be quiet.
  Progress(const Options& options, std::FILE* out) : options_(options), out_(out) {}

  void measuring_begins() override;
  void measuring_ends() override;
  void second(std::uint64_t answers, const Measurements& so_far) override;

  [[nodiscard]] const ProcessCost& server_before() const noexcept { return before_; }
  [[nodiscard]] const ProcessCost& server_after() const noexcept { return after_; }

 private:
  const Options& options_;
  std::FILE* out_;
  int seconds_ = 0;
  ProcessCost before_;
  ProcessCost after_;
};

}  // namespace geomatch::load
