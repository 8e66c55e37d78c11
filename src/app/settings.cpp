#include <algorithm>
#include <thread>

#include <geomatch/app/settings.hpp>

namespace geomatch::app {

std::size_t Settings::default_threads() noexcept {
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 1024);
}

}  // namespace geomatch::app
