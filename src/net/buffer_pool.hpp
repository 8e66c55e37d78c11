#pragma once

#include <string>
#include <utility>
#include <vector>

namespace geomatch::net {

/// Buffers for what is on its way out, of one thread: the one that was given back last is taken first, while
/// it is in the cache. A connection has none while it has nothing to send.
class BufferPool {
 public:
  /// An empty one.
  [[nodiscard]] std::string take() {
    if (spare_.empty()) {
      std::string made;
      made.reserve(usual_bytes);
      return made;
    }
    std::string buffer = std::move(spare_.back());
    spare_.pop_back();
    spare_bytes_ -= buffer.capacity();
    return buffer;
  }

  /// Leaves `buffer` without memory.
  void give_back(std::string&& buffer) {
    std::string given = std::move(buffer);
    buffer = {};
    if (given.capacity() < usual_bytes || spare_bytes_ + given.capacity() > most_spare_bytes) return;
    given.clear();
    spare_bytes_ += given.capacity();
    spare_.push_back(std::move(given));
  }

 private:
  static constexpr std::size_t usual_bytes = 2048;  // an answer with ten matches
  static constexpr std::size_t most_spare_bytes = 4 * 1024 * 1024;

  std::vector<std::string> spare_;
  std::size_t spare_bytes_ = 0;
};

}  // namespace geomatch::net
