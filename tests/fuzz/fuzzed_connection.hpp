#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "../../src/net/connection.hpp"

namespace geomatch::fuzz {

/// A client's end of a connection. Outlives the server's end.
class Client {
 public:
  /// It sends `bytes` in pieces of at most `piece_bytes`, and reads at most `gulp_bytes` at a time.
  Client(std::string_view bytes, std::size_t piece_bytes, std::size_t gulp_bytes)
      : unsent_(bytes), piece_bytes_(piece_bytes), gulp_bytes_(gulp_bytes), room_(gulp_bytes) {}

  /// The server's end. Once.
  [[nodiscard]] std::unique_ptr<net::Connection> connect();

  /// Does what comes next: sends, ends what it sends, or reads. False if the server waits for none of that.
  bool step();
  /// Ends what the server still waits for. True if it waited for something.
  bool hang_up();

  [[nodiscard]] const std::string& received() const noexcept { return received_; }

 private:
  class ServerEnd;

  std::string_view unsent_;
  const std::size_t piece_bytes_;
  const std::size_t gulp_bytes_;
  std::size_t room_;
  std::string received_;
  boost::asio::mutable_buffer into_;
  std::shared_ptr<net::ConnectionEvents> reader_;
  std::shared_ptr<net::ConnectionEvents> writer_;
};

}  // namespace geomatch::fuzz
