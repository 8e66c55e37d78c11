#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace geomatch::bench {

/// Counts the HTTP/1.1 requests in a connection's bytes by the ends of their request lines: no byte of a body
/// is looked at but for that. Not thread-safe.
///
/// It assumes that no header and no body has "HTTP/1.1\r\n" in it. A request is counted when its request line
/// is there, which is all of it with clients that send a request in one piece.
class RequestLines {
 public:
  /// Room that `count` needs in front of the bytes received.
  static constexpr std::size_t room_bytes = 9;

  /// How many request lines end in `received`, or in what was received before and it together. Overwrites up
  /// to `room_bytes` bytes in front of `received`.
  [[nodiscard]] std::size_t count(std::span<char> received);

 private:
  void carry_end_of(std::string_view text);

  std::array<char, room_bytes> carried_{};  ///< the end of what came before, if it may begin an end of a line
  std::size_t carried_bytes_ = 0;
};

}  // namespace geomatch::bench
