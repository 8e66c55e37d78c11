#include <atomic>
#include <exception>

#include <spdlog/spdlog.h>

#include <geomatch/observe/contain.hpp>

namespace geomatch::observe {
namespace {

std::atomic<std::uint64_t> reported{0};  // relaxed: a count on its own

}  // namespace

void report_exception(std::string_view failed) noexcept {
  reported.fetch_add(1, std::memory_order_relaxed);
  try {
    throw;
  } catch (const std::exception& exception) {
    spdlog::error("exception: {}: {}; the server goes on", failed, exception.what());
  } catch (...) {
    spdlog::error("exception: {}; the server goes on", failed);
  }
}

std::uint64_t reported_exceptions() noexcept {
  return reported.load(std::memory_order_relaxed);
}

}  // namespace geomatch::observe
