#include "fake_server.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace geomatch::load {

FakeServer::FakeServer(Manners manners)
    : manners_(std::move(manners)), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* plain = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener_, plain, length) != 0 || listen(listener_, 64) != 0 ||
      getsockname(listener_, plain, &length) != 0) {
    throw std::runtime_error("can't listen");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread{[this] { serve(); }};
}

FakeServer::~FakeServer() {
  ends_ = true;
  thread_.join();
  ::close(listener_);
}

std::string FakeServer::target() const {
  return "127.0.0.1:" + std::to_string(port_);
}

// Whether there is something to read or to accept before the end.
bool FakeServer::ready(int socket) const {
  pollfd poll{.fd = socket, .events = POLLIN, .revents = 0};
  while (!ends_) {
    if (::poll(&poll, 1, 20) > 0) return true;
  }
  return false;
}

void FakeServer::serve() {
  while (ready(listener_)) {
    const int socket = accept(listener_, nullptr, nullptr);
    serve_one(socket);
    ::close(socket);
  }
}

void FakeServer::serve_one(int socket) {
  std::array<char, 65536> chunk{};
  std::string received;
  std::size_t replies = 0;
  while (ready(socket)) {
    const ssize_t got = recv(socket, chunk.data(), chunk.size(), 0);
    if (got <= 0) return;
    received.append(chunk.data(), static_cast<std::size_t>(got));
    for (std::size_t end = 0; (end = received.find(manners_.request_end)) != std::string::npos;) {
      received.erase(0, end + manners_.request_end.size());
      if (manners_.reply.empty() || replies++ == manners_.replies_a_connection) return;
      if (!std::exchange(stalled_, true)) std::this_thread::sleep_for(manners_.stall);
      if (send(socket, manners_.reply.data(), manners_.reply.size(), MSG_NOSIGNAL) < 0) return;
    }
  }
}

}  // namespace geomatch::load
