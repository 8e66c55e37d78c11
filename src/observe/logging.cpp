#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <geomatch/observe/logging.hpp>

#include "dropped_lines.hpp"
#include "line_writer.hpp"

namespace geomatch::observe {
namespace {

std::atomic<std::uint64_t> dropped{0};  // relaxed: a count on its own

class StandardErrorSink final : public spdlog::sinks::base_sink<std::mutex> {
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    writer_.write({line.data(), line.size()});
  }
  void flush_() override {}

  LineWriter writer_{STDERR_FILENO};
};

spdlog::level::level_enum to_spdlog(LogLevel level) {
  switch (level) {
    case LogLevel::trace:
      return spdlog::level::trace;
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warn:
      return spdlog::level::warn;
    case LogLevel::error:
      return spdlog::level::err;
    case LogLevel::off:
      break;
  }
  return spdlog::level::off;
}

}  // namespace

Logging::Logging(LogLevel level) {
  auto logger = std::make_shared<spdlog::logger>("geomatch", std::make_shared<StandardErrorSink>());
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
  logger->set_level(to_spdlog(level));
  // spdlog's own would write to standard error itself, and wait.
  logger->set_error_handler([](const std::string& /*why*/) { count_dropped_lines(1); });
  spdlog::set_default_logger(std::move(logger));
}

Logging::~Logging() {
  spdlog::shutdown();
}

std::uint64_t Logging::dropped_lines() noexcept {
  return dropped.load(std::memory_order_relaxed);
}

void count_dropped_lines(std::size_t lines) noexcept {
  dropped.fetch_add(lines, std::memory_order_relaxed);
}

}  // namespace geomatch::observe
