#pragma once

#include <memory>
#include <span>

#include <boost/asio/steady_timer.hpp>

#include <geomatch/net/limits.hpp>
#include <geomatch/net/socket.hpp>
#include <geomatch/net/traffic.hpp>

namespace geomatch::net {

class Worker;

/// Accepts connections and hands them out to the workers in turn, so that each has as many as the next. It
/// runs on the first worker's thread.
class Listener {
 public:
  /// Binds to `endpoint`; throws boost::system::system_error. All of the arguments outlive this.
  Listener(const boost::asio::ip::tcp::endpoint& endpoint, std::span<const std::unique_ptr<Worker>> workers);

  [[nodiscard]] boost::asio::ip::tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }

  void start();  ///< before the workers are started
  void stop();   ///< any thread

 private:
  using Clock = std::chrono::steady_clock;

  void accept();
  void retry_later();

  std::span<const std::unique_ptr<Worker>> workers_;
  Acceptor acceptor_;
  boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, Executor> retry_;
  std::size_t next_ = 0;
};

}  // namespace geomatch::net
