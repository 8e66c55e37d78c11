#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "fixed_reply.hpp"
#include "request_lines.hpp"

namespace geomatch::bench {

/// Answers every HTTP request of every connection with the same reply: epoll_wait, one recv and one send a
/// request, and nothing else. One thread's.
class Loop {
 public:
  /// Listens on `address` ("ADDR:PORT", IPv4; port 0 picks one). `edge_triggered` says which epoll it is.
  /// Throws std::invalid_argument for an address that isn't one, std::system_error if it can't listen.
  Loop(const std::string& address, FixedReply reply, bool edge_triggered);

  /// "ADDR:PORT", with the port that was picked.
  [[nodiscard]] std::string address() const;

  /// Serves until the process ends. Throws std::system_error if epoll fails.
  [[noreturn]] void run();

 private:
  void accept_all();
  void serve(int socket);
  /// False if the connection is of no more use.
  [[nodiscard]] bool answer(int socket, std::size_t requests);
  void close_connection(int socket);

  FixedReply reply_;
  unsigned events_;  ///< what connections wait for
  int listener_;
  int epoll_;
  std::vector<std::unique_ptr<RequestLines>> connections_;  ///< by socket
  std::vector<char> buffer_;
};

}  // namespace geomatch::bench
