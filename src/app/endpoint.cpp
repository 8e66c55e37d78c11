#include <arpa/inet.h>
#include <netinet/in.h>

#include <geomatch/app/endpoint.hpp>

#include "numbers.hpp"

namespace geomatch::app {

std::optional<Endpoint> Endpoint::parse(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) {
    return std::nullopt;
  }
  const auto port = parse_number<std::uint16_t>(text.substr(colon + 1));
  auto host = text.substr(0, colon);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) {
    host = host.substr(1, host.size() - 2);
  }
  Endpoint endpoint{std::string(host), port.value_or(0)};
  in6_addr address;  // room for either family
  if (!port || inet_pton(bracketed ? AF_INET6 : AF_INET, endpoint.address.c_str(), &address) != 1) {
    return std::nullopt;
  }
  return endpoint;
}

std::string Endpoint::text() const {
  const bool brackets = address.find(':') != std::string::npos;
  return (brackets ? '[' + address + ']' : address) + ':' + std::to_string(port);
}

}  // namespace geomatch::app
