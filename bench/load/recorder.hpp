#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "measurements.hpp"
#include "reply.hpp"
#include "request_text.hpp"

namespace geomatch::load {

/// Enters into Measurements what becomes of requests, of those that were due while it is measured.
class Recorder {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// `from` is measured, `end` no more.
  Recorder(Protocol protocol, TimePoint from, TimePoint end);

  [[nodiscard]] Measurements& results() noexcept { return *results_; }
  [[nodiscard]] std::unique_ptr<Measurements> take() { return std::move(results_); }

  /// A request that was due, and could be sent, at `could` was sent at `now`.
  void sent(TimePoint due, TimePoint could, TimePoint now);

  /// A reply came at `now`; it is all of its request's answer if `whole`.
  void replied(const Reply& reply, TimePoint due, TimePoint now, bool whole);

  /// A request has no answer at `now`, and is given up.
  void gave_up(TimePoint due, TimePoint now);

 private:
  [[nodiscard]] bool measured(TimePoint time) const { return time >= from_ && time < end_; }
  void count_status(const Reply& reply, bool whole);
  void count_matches(const Reply& reply);

  Protocol protocol_;
  TimePoint from_;
  TimePoint end_;
  std::unique_ptr<Measurements> results_ = std::make_unique<Measurements>();
};

}  // namespace geomatch::load
