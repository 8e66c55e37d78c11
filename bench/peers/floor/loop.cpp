#include "loop.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace geomatch::bench {
namespace {

constexpr std::size_t receive_bytes = 16'384;
constexpr int backlog = 4'096;
constexpr int patience_ms = 10'000;  // for a client that doesn't read

int checked(int result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

sockaddr_in parse(const std::string& address) {
  sockaddr_in parsed{};
  parsed.sin_family = AF_INET;
  const std::size_t colon = address.find(':');
  const std::string host = address.substr(0, colon);
  std::uint16_t port = 0;
  bool valid = colon != std::string::npos && inet_pton(AF_INET, host.c_str(), &parsed.sin_addr) == 1;
  if (valid) {
    const char* const end = address.data() + address.size();
    const auto read = std::from_chars(address.data() + colon + 1, end, port);
    valid = read.ec == std::errc{} && read.ptr == end;
  }
  if (!valid) throw std::invalid_argument("--listen takes ADDR:PORT of IPv4");
  parsed.sin_port = htons(port);
  return parsed;
}

int listen_on(const sockaddr_in& address) {
  const int listener =
      checked(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "no socket to listen with");
  const int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  checked(bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address),
          "--listen: can't bind");
  checked(listen(listener, backlog), "can't listen");
  return listener;
}

void watch(int epoll, int socket, unsigned events) {
  epoll_event event{};
  event.events = events;
  event.data.fd = socket;
  checked(epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event), "epoll_ctl");
}

}  // namespace

Loop::Loop(const std::string& address, FixedReply reply, bool edge_triggered)
    : reply_{std::move(reply)},
      events_{edge_triggered ? EPOLLIN | EPOLLET : EPOLLIN},
      listener_{listen_on(parse(address))},
      epoll_{checked(epoll_create1(EPOLL_CLOEXEC), "epoll_create1")},
      buffer_(RequestLines::room_bytes + receive_bytes) {
  watch(epoll_, listener_, EPOLLIN);
}

std::string Loop::address() const {
  sockaddr_in bound{};
  socklen_t size = sizeof bound;
  checked(getsockname(listener_, reinterpret_cast<sockaddr*>(&bound), &size), "getsockname");
  std::array<char, INET_ADDRSTRLEN> host{};
  inet_ntop(AF_INET, &bound.sin_addr, host.data(), host.size());
  return std::string{host.data()} + ":" + std::to_string(ntohs(bound.sin_port));
}

void Loop::run() {
  std::array<epoll_event, 512> ready{};
  for (;;) {
    const int count = epoll_wait(epoll_, ready.data(), static_cast<int>(ready.size()), -1);
    if (count < 0 && errno != EINTR) checked(count, "epoll_wait");
    for (int at = 0; at < count; ++at) {
      const int socket = ready[static_cast<std::size_t>(at)].data.fd;
      if (socket == listener_) {
        accept_all();
      } else {
        serve(socket);
      }
    }
  }
}

void Loop::accept_all() {
  for (;;) {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket < 0) return;  // none waits, or no descriptor is left for it
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const auto index = static_cast<std::size_t>(socket);
    if (connections_.size() <= index) connections_.resize(index + 1);
    connections_[index] = std::make_unique<RequestLines>();
    watch(epoll_, socket, events_);
  }
}

// Whatever a recv leaves behind, level-triggered epoll reports again. Edge-triggered, it reports what comes
// next, and a recv that didn't fill its buffer has left nothing behind: so neither has to ask a second time.
void Loop::serve(int socket) {
  for (;;) {
    char* const received = buffer_.data() + RequestLines::room_bytes;
    const ssize_t bytes = recv(socket, received, receive_bytes, 0);
    if (bytes < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (bytes <= 0) return close_connection(socket);
    const auto size = static_cast<std::size_t>(bytes);
    const std::size_t requests = connections_[static_cast<std::size_t>(socket)]->count({received, size});
    if (!answer(socket, requests)) return close_connection(socket);
    if (size < receive_bytes) return;
  }
}

bool Loop::answer(int socket, std::size_t requests) {
  while (requests > 0) {
    const std::size_t now = std::min(requests, FixedReply::most_at_once);
    requests -= now;
    std::string_view left = reply_.times(now);
    while (!left.empty()) {
      const ssize_t sent = send(socket, left.data(), left.size(), MSG_NOSIGNAL);
      if (sent >= 0) {
        left.remove_prefix(static_cast<std::size_t>(sent));
      } else if (errno == EAGAIN) {
        // These clients read while they write: their buffer is full for a moment only.
        pollfd wait{.fd = socket, .events = POLLOUT, .revents = 0};
        if (poll(&wait, 1, patience_ms) <= 0) return false;
      } else if (errno != EINTR) {
        return false;
      }
    }
  }
  return true;
}

void Loop::close_connection(int socket) {
  close(socket);
  connections_[static_cast<std::size_t>(socket)].reset();
}

}  // namespace geomatch::bench
