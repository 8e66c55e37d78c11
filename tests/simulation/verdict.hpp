#pragma once

#include <string>
#include <utility>

namespace geomatch::simulation {

/// Whether the run kept its promises: the first broken one counts, what follows from it doesn't.
class Verdict {
 public:
  void violated(std::string promise) {
    if (first_.empty()) first_ = std::move(promise);
  }

  /// Empty while all is well.
  [[nodiscard]] const std::string& first() const noexcept { return first_; }
  [[nodiscard]] bool good() const noexcept { return first_.empty(); }

 private:
  std::string first_;
};

}  // namespace geomatch::simulation
