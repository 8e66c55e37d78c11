#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_set>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/steady_timer.hpp>

#include <geomatch/net/limits.hpp>
#include <geomatch/net/socket.hpp>
#include <geomatch/net/traffic.hpp>
#include <geomatch/publish/completion_queue.hpp>

namespace geomatch::http {
class Router;
}

namespace geomatch::net {

class Session;

/// An I/O thread with its io_context, and the connections that live on it. Unless said otherwise, methods are
/// called on that thread only.
class Worker {
 public:
  using Clock = std::chrono::steady_clock;

  Worker(const Limits& limits, Traffic& traffic, const http::Router& router);
  ~Worker();

  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Starts the thread. Any thread, once.
  void start();
  /// Has every connection finish and close. Any thread.
  void drain();
  /// Closes all connections, completes what was settled, and ends the thread. Any thread; waits.
  void stop();
  /// Serves `socket`, which was made for this worker's io_context, from now on. Any thread.
  void adopt(Socket socket);

  [[nodiscard]] boost::asio::io_context& io_context() noexcept { return io_context_; }
  [[nodiscard]] const Limits& limits() const noexcept { return limits_; }
  [[nodiscard]] const http::Router& router() const noexcept { return router_; }
  [[nodiscard]] Traffic& traffic() noexcept { return traffic_; }
  [[nodiscard]] publish::CompletionQueue& completions() noexcept { return completions_; }
  [[nodiscard]] bool draining() const noexcept { return draining_; }
  [[nodiscard]] std::string_view date() const noexcept { return date_; }  ///< now, as the Date field has it

  /// `session` was answered from the outside, by a completion or a deadline: it is flushed once, when all the
  /// completions, or deadlines, of this turn have been gone through.
  void flush_soon(std::shared_ptr<Session> session);
  void forget(Session& session) noexcept;

 private:
  /// A copy, for going through them: one that closes is forgotten meanwhile.
  [[nodiscard]] std::vector<Session*> sessions() const;
  [[nodiscard]] bool stopping() const noexcept { return !work_.owns_work(); }
  void drain_completions();
  void flush_all();
  void schedule_tick();
  void tick();

  const Limits& limits_;
  Traffic& traffic_;
  const http::Router& router_;
  boost::asio::io_context io_context_{1};
  boost::asio::executor_work_guard<Executor> work_{io_context_.get_executor()};
  boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, Executor> ticker_{io_context_};
  publish::CompletionQueue completions_;
  std::unordered_set<Session*> sessions_;
  std::vector<std::shared_ptr<Session>> unflushed_;
  std::string date_;
  bool draining_ = false;
  std::thread thread_;
};

}  // namespace geomatch::net
