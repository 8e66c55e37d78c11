#include "connection.hpp"

#include <cerrno>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace geomatch::load {

int Connection::begin(const Endpoint& endpoint, std::unique_ptr<ReplyCutter> cutter) {
  close();
  cutter_ = std::move(cutter);
  socket_ = ::socket(endpoint.address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket_ < 0) return errno;
  const int on = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const auto* address = reinterpret_cast<const sockaddr*>(&endpoint.address);
  if (connect(socket_, address, endpoint.length) != 0 && errno != EINPROGRESS) return errno;
  state_ = State::connecting;
  return 0;
}

int Connection::connected() {
  int error = 0;
  socklen_t length = sizeof error;
  if (getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &length) != 0) return errno;
  if (error == 0) state_ = State::open;
  return error;
}

void Connection::close() noexcept {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  state_ = State::closed;
  waiting_.clear();
  unsent_.clear();
  sent_ = 0;
  closing = wants_writable = available = false;
}

void Connection::add(std::string_view request, TimePoint due, std::size_t replies) {
  unsent_.append(request);
  waiting_.push_back({due, replies});
}

int Connection::flush() {
  while (has_unsent()) {
    const ssize_t sent = ::send(socket_, unsent_.data() + sent_, unsent_.size() - sent_, MSG_NOSIGNAL);
    if (sent < 0) return errno == EAGAIN ? 0 : errno;
    sent_ += static_cast<std::size_t>(sent);
  }
  unsent_.clear();
  sent_ = 0;
  return 0;
}

bool Connection::count_reply() {
  if (--waiting_.front().replies > 0) return false;
  waiting_.pop_front();
  return true;
}

}  // namespace geomatch::load
