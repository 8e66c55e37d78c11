#pragma once

#include <geomatch/net/socket.hpp>

#include "connection.hpp"

namespace geomatch::net {

/// A connection over TCP.
class TcpConnection final : public Connection {
 public:
  explicit TcpConnection(Socket socket);

  void start_read(boost::asio::mutable_buffer into, std::shared_ptr<ConnectionEvents> events) override;
  void cancel_read() noexcept override;
  void start_write(boost::asio::const_buffer from, std::shared_ptr<ConnectionEvents> events) override;
  [[nodiscard]] std::size_t available() const noexcept override;
  bool finish_sending() noexcept override;
  void close() noexcept override;

 private:
  Socket socket_;
};

}  // namespace geomatch::net
