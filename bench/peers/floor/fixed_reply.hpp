#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace geomatch::bench {

/// An HTTP/1.1 200 of a given size, ready to be sent once or several times at once.
class FixedReply {
 public:
  static constexpr std::size_t most_at_once = 64;

  /// `bytes` is the size of the whole reply, head and body. Throws std::invalid_argument, saying what is
  /// possible, if no head fits into it or it is above 1 MiB.
  explicit FixedReply(std::size_t bytes);

  /// `count` replies, one after the other; 1 to `most_at_once`.
  [[nodiscard]] std::string_view times(std::size_t count) const {
    return std::string_view{replies_}.substr(0, count * bytes_);
  }

 private:
  std::size_t bytes_;
  std::string replies_;
};

}  // namespace geomatch::bench
