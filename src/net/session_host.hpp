#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <geomatch/net/limits.hpp>
#include <geomatch/net/traffic.hpp>
#include <geomatch/observe/contain.hpp>
#include <geomatch/publish/completion_queue.hpp>

#include "buffer_pool.hpp"
#include "connection.hpp"
#include "deadline_wheel.hpp"
#include "time_source.hpp"

namespace geomatch::http {
class Router;
}

namespace geomatch::net {

class Session;

/// The sessions of one thread and what they share. It knows neither sockets nor threads: whoever has it, a
/// worker or a test, calls it on one thread at a time, when something happens or time has passed.
class SessionHost {
 public:
  /// `wake` has a turn begin soon; it is called from any thread. What is referred to outlives
  /// this.
  SessionHost(const Limits& limits, Traffic& traffic, const http::Router& router, const TimeSource& time,
              std::function<void()> wake);
  ~SessionHost();

  SessionHost(const SessionHost&) = delete;
  SessionHost& operator=(const SessionHost&) = delete;

  /// Serves `connection` from now on, or refuses it if there are too many.
  void adopt(std::unique_ptr<Connection> connection);
  /// Has every connection finish and close; those that come later too.
  void drain();
  /// Completes what was settled, sends what is ready and closes all connections.
  void stop();
  /// Looks at the deadlines.
  void tick();
  /// How often that is wanted.
  [[nodiscard]] std::chrono::milliseconds tick_interval() const noexcept;

  /// Lasts while the thread sees to what has happened; each of the calls above is one, unless it comes within
  /// one. At its end the requests that came are taken, all that was settled meanwhile, here or elsewhere, is
  /// completed, and each session that has something to send does so once.
  class Turn {
   public:
    explicit Turn(SessionHost& host);
    ~Turn();

    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    SessionHost& host_;
    const publish::CompletionQueue::Attendance attendance_;
  };

  // For the sessions.
  [[nodiscard]] const Limits& limits() const noexcept { return limits_; }
  [[nodiscard]] const http::Router& router() const noexcept { return router_; }
  [[nodiscard]] Traffic& traffic() noexcept { return traffic_; }
  [[nodiscard]] BufferPool& buffers() noexcept { return buffers_; }
  [[nodiscard]] publish::CompletionQueue& completions() noexcept { return completions_; }
  [[nodiscard]] bool draining() const noexcept { return draining_; }
  [[nodiscard]] std::string_view date() const noexcept { return date_; }  ///< now, as the Date field has it
  /// When this turn began.
  [[nodiscard]] TimeSource::Clock::time_point now() const noexcept { return now_; }

  /// `session` can go on: it does, once, at the end of the turn.
  void advance_soon(std::shared_ptr<Session> session);
  void forget(Session& session) noexcept;

  /// Calls `step`, which does something of `session`'s. An exception of it closes that connection, and goes
  /// no further: the others, and the thread, go on.
  template <class Step>
  void contain(Session& session, Step step) noexcept {
    if (!observe::contain("a connection, which is closed", step)) close(session);
  }

 private:
  static void close(Session& session) noexcept;
  void end_turn();

  const Limits& limits_;
  Traffic& traffic_;
  const http::Router& router_;
  const TimeSource& time_;
  publish::CompletionQueue completions_;
  BufferPool buffers_;
  std::vector<Session*> sessions_;  // in no order, but the same each time the same things happen
  std::vector<std::shared_ptr<Session>> advancing_;
  TimeSource::Clock::time_point now_;
  DeadlineWheel deadlines_;
  std::string date_;
  std::size_t turns_ = 0;  // begun and not ended, one within another
  bool draining_ = false;
};

}  // namespace geomatch::net
