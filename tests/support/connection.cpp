#include "connection.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace geomatch::test {
namespace {

constexpr timeval patience{.tv_sec = 30, .tv_usec = 0};

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace

Connection::Connection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int on = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    const std::string why = std::strerror(errno);
    ::close(socket_);
    throw std::runtime_error("can't connect: " + why);
  }
}

Connection::~Connection() {
  ::close(socket_);
}

bool Connection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void Connection::finish_sending() {
  shutdown(socket_, SHUT_WR);
}

bool Connection::fill() {
  std::array<char, 65536> chunk{};
  const ssize_t got = ::recv(socket_, chunk.data(), chunk.size(), 0);
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
    throw std::runtime_error("no answer came in time");
  if (got <= 0) return false;
  buffer_.append(chunk.data(), static_cast<std::size_t>(got));
  return true;
}

Answer Connection::receive(bool head_only) {
  std::size_t head = 0;
  while ((head = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!fill()) return {};
  }
  Answer answer;
  answer.status = std::stoi(buffer_.substr(9, 3));
  for (std::size_t at = buffer_.find("\r\n") + 2; at < head;) {
    const std::size_t end = buffer_.find("\r\n", at);
    const std::string line = buffer_.substr(at, end - at);
    const std::size_t colon = line.find(": ");
    answer.fields[lower(line.substr(0, colon))] = line.substr(colon + 2);
    at = end + 2;
  }
  buffer_.erase(0, head + 4);
  const auto length = answer.fields.find("content-length");
  const std::size_t bytes = length == answer.fields.end() || head_only ? 0 : std::stoul(length->second);
  while (buffer_.size() < bytes) {
    if (!fill()) return {};
  }
  answer.body = buffer_.substr(0, bytes);
  buffer_.erase(0, bytes);
  return answer;
}

Answer Connection::request(std::string_view method, std::string_view target, std::string_view body) {
  if (!send(request_bytes(method, target, body))) return {};
  return receive(method == "HEAD");
}

std::string Connection::receive_all() {
  while (fill()) {
  }
  return std::exchange(buffer_, {});
}

std::string request_bytes(std::string_view method, std::string_view target, std::string_view body) {
  std::string bytes;
  bytes.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
  if (!body.empty() || method == "POST") {
    bytes.append("Content-Type: application/json\r\nContent-Length: ");
    bytes.append(std::to_string(body.size())).append("\r\n");
  }
  return bytes.append("\r\n").append(body);
}

}  // namespace geomatch::test
