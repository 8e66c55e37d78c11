#pragma once

#include <memory>
#include <span>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

namespace geomatch::net {

class Worker;

/// Accepts connections, on a thread of its own, and hands them out to the workers in turn: each has as many
/// as the next, and none is held up by a storm of new ones.
class Listener {
 public:
  /// Binds to `endpoint`; throws boost::system::system_error. `workers` outlive this.
  Listener(const boost::asio::ip::tcp::endpoint& endpoint, std::span<const std::unique_ptr<Worker>> workers);
  ~Listener();

  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  [[nodiscard]] boost::asio::ip::tcp::endpoint endpoint() const { return endpoint_; }

  // Both on the owner's thread.
  void start();
  void stop();  ///< the workers have got all that was accepted

 private:
  // On the listener's thread.
  void await_connections();
  [[nodiscard]] bool accept_all();
  void retry_later();

  std::span<const std::unique_ptr<Worker>> workers_;
  boost::asio::io_context io_context_{1};
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer retry_;
  const boost::asio::ip::tcp::endpoint endpoint_;
  std::size_t next_ = 0;
  std::thread thread_;
};

}  // namespace geomatch::net
