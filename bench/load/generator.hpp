#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "connection.hpp"
#include "endpoint.hpp"
#include "measurements.hpp"
#include "options.hpp"
#include "poller.hpp"
#include "recorder.hpp"
#include "requests.hpp"
#include "schedule.hpp"
#include "watcher.hpp"

namespace geomatch::load {

/// Sends requests on many connections and measures the answers, all on the calling thread.
///
/// Of a schedule, a due request goes to the connection that has been free the longest; if none is, it waits,
/// and counts from when it was due. What goes wrong for good is a std::runtime_error with a message for the
/// user.
class Generator {
 public:
  Generator(const Options& options, const Endpoint& endpoint, Requests& requests);

  /// Opens all connections.
  void connect();

  /// Every phone's request once, as fast as they are taken. Throws if one of them is refused.
  void preload();

  /// The load itself: warm-up, then what is measured. Ends at most 5 s after that.
  [[nodiscard]] std::unique_ptr<Measurements> measure(Watcher& watcher);

 private:
  using Clock = std::chrono::steady_clock;
  using TimePoint = Clock::time_point;

  // When requests are sent, and which of them are measured.
  struct Span {
    TimePoint measured_from{};
    TimePoint end;
    TimePoint give_up;
    std::uint64_t most_requests;
    std::size_t pipeline;
  };

  void start(const Span& span);
  void run(Watcher& watcher, TimePoint until);
  void finish();
  void turn(TimePoint until);
  void open(Connection& connection);
  void handle(Connection& connection, std::uint32_t events);
  void receive(Connection& connection);
  void take(Connection& connection, const Reply& reply, TimePoint now);
  void make_available(Connection& connection, TimePoint now);
  void lost(Connection& connection);
  void send_due(TimePoint now);
  void send(Connection& connection, TimePoint now);
  void flush(Connection& connection);
  void expect_answers(TimePoint now) const;
  [[nodiscard]] bool all_sent(TimePoint now) const;
  [[nodiscard]] TimePoint next_due() const;
  [[nodiscard]] Measurements& results() noexcept { return recorder_.results(); }
  [[noreturn]] void fail(const std::string& what) const;

  const Options& options_;
  const Endpoint& endpoint_;
  Requests& requests_;
  Poller poller_;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::deque<Connection*> available_;  // the longest free in front
  std::vector<char> received_;

  Span span_{};
  std::optional<Schedule> schedule_;
  Recorder recorder_{Protocol::match, {}, {}};  // of the span
  std::uint64_t sent_ = 0;                      // since the span's start
  std::uint64_t answers_ = 0;                   // of all spans
  std::size_t waiting_ = 0;                     // requests without an answer
  TimePoint last_answer_;
};

}  // namespace geomatch::load
