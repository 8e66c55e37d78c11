#pragma once

#include <memory>
#include <span>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

namespace geomatch::net {

class Worker;

/// Accepts connections, on a thread of its own, and hands them out to the workers in turn: each has as many
/// as the next, and none is held up by a storm of new ones.
class Listener {
 public:
  /// Starts its thread. Throws std::system_error. `workers` outlive this.
  explicit Listener(std::span<const std::unique_ptr<Worker>> workers);
  ~Listener();

  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  // These on the owner's thread, in this order.
  /// Binds to `endpoint`. Throws boost::system::system_error.
  void listen(const boost::asio::ip::tcp::endpoint& endpoint);
  [[nodiscard]] boost::asio::ip::tcp::endpoint endpoint() const { return endpoint_; }
  void start();
  void stop();  ///< the workers have got all that was accepted

 private:
  // On the listener's thread.
  void run();
  void await_connections();
  [[nodiscard]] bool accept_all();
  void retry_later();

  std::span<const std::unique_ptr<Worker>> workers_;
  boost::asio::io_context io_context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> until_stopped_{
      io_context_.get_executor()};
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer retry_;
  boost::asio::ip::tcp::endpoint endpoint_;
  std::size_t next_ = 0;
  std::thread thread_;
};

}  // namespace geomatch::net
