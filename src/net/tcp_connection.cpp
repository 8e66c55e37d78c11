#include "tcp_connection.hpp"

#include <boost/asio/bind_allocator.hpp>

namespace geomatch::net {
namespace {

ReadResult result_of(boost::system::error_code error) noexcept {
  if (!error) return ReadResult::data;
  if (error == boost::asio::error::eof) return ReadResult::end;
  return error == boost::asio::error::operation_aborted ? ReadResult::cancelled : ReadResult::failed;
}

}  // namespace

TcpConnection::TcpConnection(Socket socket) : socket_(std::move(socket)) {
  boost::system::error_code ignored;
  socket_.set_option(boost::asio::ip::tcp::no_delay{true}, ignored);
  socket_.non_blocking(true, ignored);
}

void TcpConnection::start_read(boost::asio::mutable_buffer into, std::shared_ptr<ConnectionEvents> events) {
  socket_.async_read_some(
      into, boost::asio::bind_allocator(
                read_memory_.allocator(),
                [events = std::move(events)](boost::system::error_code error, std::size_t bytes) {
                  events->on_read(result_of(error), bytes);
                }));
}

void TcpConnection::cancel_read() noexcept {
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

boost::system::result<std::size_t> TcpConnection::send(std::string_view bytes) noexcept {
  boost::system::error_code error;
  const std::size_t sent = socket_.write_some(boost::asio::buffer(bytes), error);
  if (error && error != boost::asio::error::would_block) return error;
  return sent;
}

void TcpConnection::await_writable(std::shared_ptr<ConnectionEvents> events) {
  socket_.async_wait(Socket::wait_write, [events = std::move(events)](boost::system::error_code /*error*/) {
    events->on_writable();
  });
}

std::size_t TcpConnection::available() const noexcept {
  boost::system::error_code ignored;
  return socket_.available(ignored);
}

bool TcpConnection::finish_sending() noexcept {
  boost::system::error_code error;
  socket_.shutdown(boost::asio::ip::tcp::socket::shutdown_send, error);
  return !error;
}

void TcpConnection::close() noexcept {
  boost::system::error_code ignored;
  socket_.close(ignored);
}

}  // namespace geomatch::net
