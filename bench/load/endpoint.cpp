#include "endpoint.hpp"

#include <cstring>
#include <stdexcept>

#include <netdb.h>

namespace geomatch::load {

Endpoint resolve(const std::string& host_and_port) {
  const std::size_t colon = host_and_port.rfind(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == host_and_port.size()) {
    throw std::runtime_error("'" + host_and_port + "' isn't HOST:PORT, as in 127.0.0.1:8080");
  }
  std::string host = host_and_port.substr(0, colon);
  if (host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int failed = getaddrinfo(host.c_str(), host_and_port.substr(colon + 1).c_str(), &hints, &found);
  if (failed != 0) {
    throw std::runtime_error("'" + host_and_port + "' can't be resolved: " + gai_strerror(failed));
  }
  Endpoint endpoint{.text = host_and_port, .length = found->ai_addrlen};
  std::memcpy(&endpoint.address, found->ai_addr, found->ai_addrlen);
  freeaddrinfo(found);
  return endpoint;
}

}  // namespace geomatch::load
