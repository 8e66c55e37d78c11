#pragma once

#include <geomatch/net/socket.hpp>

#include "connection.hpp"
#include "operation_memory.hpp"

namespace geomatch::net {

class TcpConnection final : public Connection {
 public:
  explicit TcpConnection(Socket socket);

  void start_read(boost::asio::mutable_buffer into, std::shared_ptr<ConnectionEvents> events) override;
  void cancel_read() noexcept override;
  [[nodiscard]] boost::system::result<std::size_t> send(std::string_view bytes) noexcept override;
  void await_writable(std::shared_ptr<ConnectionEvents> events) override;
  [[nodiscard]] std::size_t available() const noexcept override;
  bool finish_sending() noexcept override;
  void close() noexcept override;

 private:
  OperationMemory read_memory_;  // the events that the operation holds keep this alive
  Socket socket_;
};

}  // namespace geomatch::net
