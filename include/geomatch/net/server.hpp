#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

#include <boost/asio/ip/tcp.hpp>

#include <geomatch/net/limits.hpp>
#include <geomatch/net/traffic.hpp>

namespace geomatch::http {
class Router;
}

namespace geomatch::net {

class Listener;
class Worker;

/// One listening side: an address, a thread that accepts, and the I/O threads that serve its connections.
///
/// Owned by one thread, which calls everything but `traffic`. Stop the log between `drain` and `stop`, so
/// that every completion finds its thread.
class Server {
 public:
  /// Starts `threads` I/O threads, before a port is open: so there are as many as were asked for, or none.
  /// Throws std::system_error, or boost::system::system_error. `router` outlives this.
  Server(std::size_t threads, const Limits& limits, const http::Router& router);
  ~Server();

  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Binds, but doesn't accept. Throws boost::system::system_error.
  void listen(const boost::asio::ip::tcp::endpoint& endpoint);

  /// Where it listens: with the port that was picked for port 0.
  [[nodiscard]] boost::asio::ip::tcp::endpoint endpoint() const;

  /// Accepts.
  void start();

  /// Accepts no more, lets every connection finish what it has asked, and closes it. True once all are
  /// closed, false if some aren't after `deadline`.
  bool drain(std::chrono::milliseconds deadline);

  /// Closes what is left, completes what has been settled, and ends the threads.
  void stop();

  [[nodiscard]] const Traffic& traffic() const noexcept { return traffic_; }

 private:
  Limits limits_;
  Traffic traffic_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::unique_ptr<Listener> listener_;
};

}  // namespace geomatch::net
