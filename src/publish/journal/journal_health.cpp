#include "journal_health.hpp"

#include <spdlog/spdlog.h>

namespace geomatch::publish {

void JournalHealth::report(const std::string& failure) {
  const bool failed_before = failing();
  const bool fails = !failure.empty();
  if (!fails && !failed_before) return;
  {
    const std::lock_guard lock{mutex_};
    failure_ = failure;
  }
  failing_.store(fails, std::memory_order_relaxed);
  if (fails && !failed_before) spdlog::error("{}", failure);
  if (!fails) spdlog::info("journal: commits succeed again");
}

std::string JournalHealth::reason() const {
  const std::lock_guard lock{mutex_};
  return failure_;
}

}  // namespace geomatch::publish
