#include "tcp_connection.hpp"

#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "last_error.hpp"

namespace geomatch::net {
namespace {

// Nothing to receive, or no room for what is sent: not now.
bool would_block(const boost::system::error_code& error) noexcept {
  return error == boost::system::errc::operation_would_block;
}

}  // namespace

TcpConnection::TcpConnection(Reactor& reactor, FileDescriptor socket) noexcept
    : reactor_(reactor), socket_(std::move(socket)) {
  const int on = 1;
  ::setsockopt(socket_.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

TcpConnection::~TcpConnection() {
  reactor_.forget(*this);
}

boost::system::error_code TcpConnection::open() noexcept {
  return reactor_.add(socket_.number(), *this);
}

void TcpConnection::start_read(boost::asio::mutable_buffer into, std::shared_ptr<ConnectionEvents> events) {
  into_ = into;
  reader_ = std::move(events);
  cancelled_ = false;
  if (readable_) reactor_.defer(*this);
}

void TcpConnection::cancel_read() noexcept {
  cancelled_ = true;
  reactor_.defer(*this);
}

// The end of the stream, or urgent data, may lie behind what a short read has got, and be announced by the
// same edge: from then on only a receive in vain says that there is nothing more.
void TcpConnection::on_ready(std::uint32_t events) {
  if ((events & ~(EPOLLIN | EPOLLOUT)) != 0) exhaustive_ = true;
  if ((events & ~EPOLLOUT) != 0) readable_ = true;
  // Kept here, as a session may let go of itself, and of this, once it is told of its read.
  const bool is_writable = (events & ~EPOLLIN) != 0 || !socket_.is_open();
  const auto writer = is_writable ? std::move(writer_) : nullptr;
  if (reader_) receive();
  if (writer) writer->on_writable();
}

void TcpConnection::receive() {
  if (!socket_.is_open()) return end_read(ReadResult::failed);
  if (!readable_ && !cancelled_) return;
  const ssize_t count = ::recv(socket_.number(), into_.data(), into_.size(), 0);
  if (count > 0) {
    const auto bytes = static_cast<std::size_t>(count);
    readable_ = exhaustive_ || bytes == into_.size();
    return end_read(ReadResult::data, bytes);
  }
  if (count == 0) return end_read(ReadResult::end);
  if (!would_block(last_error())) return end_read(ReadResult::failed);
  readable_ = false;
  if (cancelled_) end_read(ReadResult::cancelled);
}

void TcpConnection::end_read(ReadResult result, std::size_t bytes) {
  const auto reader = std::move(reader_);
  reader->on_read(result, bytes);
}

boost::system::result<std::size_t> TcpConnection::send(std::string_view bytes) noexcept {
  const ssize_t count = ::send(socket_.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (count >= 0) return static_cast<std::size_t>(count);
  const auto error = last_error();
  if (would_block(error)) return 0;
  return error;
}

void TcpConnection::await_writable(std::shared_ptr<ConnectionEvents> events) {
  writer_ = std::move(events);
}

std::size_t TcpConnection::available() const noexcept {
  int bytes = 0;
  return ::ioctl(socket_.number(), FIONREAD, &bytes) == 0 ? static_cast<std::size_t>(bytes) : 0;
}

bool TcpConnection::finish_sending() noexcept {
  return ::shutdown(socket_.number(), SHUT_WR) == 0;
}

void TcpConnection::close() noexcept {
  reactor_.forget(*this);
  socket_.close();
  if (reader_ || writer_) reactor_.defer(*this);
}

}  // namespace geomatch::net
