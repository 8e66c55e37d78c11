#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <sys/socket.h>

#include "file_descriptor.hpp"

namespace geomatch::net {

/// A TCP connection over the loopback: a plain client, and the server's end of it, which doesn't block.
class LoopbackPair {
 public:
  LoopbackPair() {
    using boost::asio::ip::tcp;
    tcp::acceptor acceptor{io_context_, tcp::endpoint{boost::asio::ip::address_v4::loopback(), 0}};
    client_.connect(acceptor.local_endpoint());
    server_ = FileDescriptor{::accept4(acceptor.native_handle(), nullptr, nullptr, SOCK_NONBLOCK)};
  }

  [[nodiscard]] FileDescriptor take_server() { return std::move(server_); }
  [[nodiscard]] boost::asio::ip::tcp::socket& client() { return client_; }

  void send(std::string_view bytes) { boost::asio::write(client_, boost::asio::buffer(bytes)); }
  void send_urgent(char byte) { ::send(client_.native_handle(), &byte, 1, MSG_OOB); }
  void finish() { client_.shutdown(boost::asio::socket_base::shutdown_send); }
  std::string receive(std::size_t count) {
    std::string bytes(count, '\0');
    boost::asio::read(client_, boost::asio::buffer(bytes));
    return bytes;
  }

 private:
  boost::asio::io_context io_context_;
  boost::asio::ip::tcp::socket client_{io_context_};
  FileDescriptor server_;
};

}  // namespace geomatch::net
