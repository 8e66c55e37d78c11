#pragma once

#include <chrono>
#include <cstddef>

namespace geomatch::net {

/// What one listening side bounds. All over zero.
struct Limits {
  std::size_t max_connections = 10'000;
  std::size_t max_in_flight = 10'000;  ///< requests being answered, over all connections
  std::size_t max_pipelined = 64;  ///< requests being answered, of one connection: then it isn't read from
  std::size_t max_header_bytes = 8'192;  ///< request line included
  std::size_t max_body_bytes = 65'536;
  std::chrono::milliseconds request_timeout{
      10'000};  ///< from a request's first byte to its last, whatever trickles in
  std::chrono::milliseconds idle_timeout{75'000};    ///< between requests
  std::chrono::milliseconds write_timeout{10'000};   ///< for a peer to take what was written
  std::chrono::milliseconds answer_timeout{10'000};  ///< from a request's last byte to its answer; then 504
};

}  // namespace geomatch::net
