#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <thread>

namespace geomatch::load {

/// A server of one connection after the other on loopback, as good or bad as a test wants it.
class FakeServer {
 public:
  struct Manners {
    std::string request_end = {};                 ///< that of a request
    std::string reply = {};                       ///< to each; none: it closes the connection
    std::chrono::milliseconds stall{0};           ///< before the very first reply
    std::size_t replies_a_connection = SIZE_MAX;  ///< then it closes
  };

  explicit FakeServer(Manners manners);
  ~FakeServer();
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;

  /// 127.0.0.1:PORT
  [[nodiscard]] std::string target() const;

 private:
  void serve();
  void serve_one(int socket);
  [[nodiscard]] bool ready(int socket) const;

  Manners manners_;
  bool stalled_ = false;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> ends_{false};
  std::thread thread_;
};

}  // namespace geomatch::load
