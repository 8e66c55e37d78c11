#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <utility>

#include <geomatch/http/reply_sink.hpp>
#include <geomatch/observe/route_metrics.hpp>

namespace geomatch::http {

/// The one answer that a request is owed: call it once, on the I/O thread it was given to. Movable.
class Responder {
 public:
  using Clock = std::chrono::steady_clock;

  /// `arrived_at`: when the request was whole.
  Responder(std::shared_ptr<ReplySink> sink, std::uint64_t sequence, Clock::time_point arrived_at) noexcept
      : sink_(std::move(sink)), sequence_(sequence), arrived_at_(arrived_at) {}

  /// The answer is counted here; unset, it isn't counted.
  void count_in(observe::RouteMetrics& metrics) noexcept { metrics_ = &metrics; }

  void operator()(const Reply& reply) noexcept {
    const bool sent = sink_->reply(sequence_, reply);
    if (sent && metrics_ != nullptr) {
      metrics_->answered(static_cast<unsigned>(reply.status), Clock::now() - arrived_at_);
    }
  }

 private:
  std::shared_ptr<ReplySink> sink_;
  std::uint64_t sequence_;
  Clock::time_point arrived_at_;
  observe::RouteMetrics* metrics_ = nullptr;
};

}  // namespace geomatch::http
