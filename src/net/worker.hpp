#pragma once

#include <atomic>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/steady_timer.hpp>

#include <geomatch/net/limits.hpp>
#include <geomatch/net/socket.hpp>
#include <geomatch/net/traffic.hpp>

#include "machine_time.hpp"
#include "operation_memory.hpp"
#include "session_host.hpp"

namespace geomatch::net {

/// An I/O thread with its io_context, and the sessions that live on it. Methods may be called on any thread.
class Worker {
 public:
  Worker(const Limits& limits, Traffic& traffic, const http::Router& router);
  ~Worker();

  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Starts the thread. Once.
  void start();
  /// Has every connection finish and close.
  void drain();
  /// Closes all connections, completes what was settled, and ends the thread. Waits.
  void stop();
  /// Serves `socket`, which was made for this worker's io_context, from now on.
  void adopt(Socket socket);

  [[nodiscard]] boost::asio::io_context& io_context() noexcept { return io_context_; }

 private:
  using Clock = std::chrono::steady_clock;

  // All that follows is called on the thread.
  [[nodiscard]] bool stopping() const noexcept { return !work_.owns_work(); }
  void schedule_tick();
  void wake();  // on any thread

  const MachineTime time_;
  std::atomic<bool> wake_pending_{false};
  OperationMemory wake_memory_;
  boost::asio::io_context io_context_{1};
  boost::asio::executor_work_guard<Executor> work_{io_context_.get_executor()};
  boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, Executor> ticker_{io_context_};
  SessionHost sessions_;
  std::thread thread_;
};

}  // namespace geomatch::net
