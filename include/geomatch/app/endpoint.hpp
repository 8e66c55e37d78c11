#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace geomatch::app {

/// Where a server listens: a numeric address and a TCP port.
struct Endpoint {
  std::string address;     ///< IPv4 or IPv6 as inet_pton takes it, without brackets
  std::uint16_t port = 0;  ///< 0 lets the system pick one

  /// What `parse` takes, for messages.
  static constexpr std::string_view takes =
      "ADDR:PORT with a numeric address, as in 127.0.0.1:8080 or [::1]:8080";

  /// Reads "127.0.0.1:8080" or "[::1]:8080". Nothing for anything else: host names aren't looked up.
  [[nodiscard]] static std::optional<Endpoint> parse(std::string_view text);

  /// The text that `parse` reads back.
  [[nodiscard]] std::string text() const;

  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

}  // namespace geomatch::app
