#pragma once

#include <string>

#include <sys/socket.h>

namespace geomatch::load {

/// Where the server listens, resolved.
struct Endpoint {
  std::string text;  ///< as it was given
  sockaddr_storage address{};
  socklen_t length = 0;
};

/// Resolves HOST:PORT, or [IPV6]:PORT. Throws std::runtime_error with a message for the user if that fails.
[[nodiscard]] Endpoint resolve(const std::string& host_and_port);

}  // namespace geomatch::load
