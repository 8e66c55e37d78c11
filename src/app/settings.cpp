#include <algorithm>
#include <thread>

#include <geomatch/app/settings.hpp>
#include <geomatch/model/fix.hpp>

namespace geomatch::app {

Settings::Duration Settings::recovery_horizon() const noexcept {
  return std::max<Duration>({model::Fix::max_ttl + max_clock_skew, dedupe_window, delete_memory});
}

std::size_t Settings::default_threads() noexcept {
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, most_threads);
}

}  // namespace geomatch::app
