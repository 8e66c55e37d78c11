#pragma once

#include "connection.hpp"
#include "reactor.hpp"

namespace geomatch::net {

/// A socket. It is received from once for what has come, and not again before there is more.
class TcpConnection final : public Connection, private Reactor::Handler {
 public:
  /// `socket` doesn't block. `reactor` outlives this.
  TcpConnection(Reactor& reactor, FileDescriptor socket) noexcept;
  ~TcpConnection() override;

  /// Registers the socket. An error: nothing will come of the connection.
  [[nodiscard]] boost::system::error_code open() noexcept;

  void start_read(boost::asio::mutable_buffer into, std::shared_ptr<ConnectionEvents> events) override;
  void cancel_read() noexcept override;
  [[nodiscard]] boost::system::result<std::size_t> send(std::string_view bytes) noexcept override;
  void await_writable(std::shared_ptr<ConnectionEvents> events) override;
  [[nodiscard]] std::size_t available() const noexcept override;
  bool finish_sending() noexcept override;
  void close() noexcept override;

 private:
  void on_ready(std::uint32_t events) override;
  void receive();
  void end_read(ReadResult result, std::size_t bytes = 0);

  Reactor& reactor_;
  FileDescriptor socket_;
  boost::asio::mutable_buffer into_;
  std::shared_ptr<ConnectionEvents> reader_;  // while a read is under way
  std::shared_ptr<ConnectionEvents> writer_;  // while a wait is
  bool readable_ = false;                     // there may be something to receive
  bool exhaustive_ = false;                   // that takes more than a short read to rule out
  bool cancelled_ = false;
};

}  // namespace geomatch::net
