#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace geomatch::codec {

/// Which of the values one is in are objects and which arrays. The innermost 64 levels take no memory.
class Nesting {
 public:
  [[nodiscard]] bool empty() const noexcept { return depth_ == 0; }
  /// Whether the innermost one is an object.
  [[nodiscard]] bool innermost() const noexcept { return (word_ & 1) != 0; }

  void push(bool object) {
    if (depth_ != 0 && depth_ % bits == 0) outer_.push_back(word_);
    word_ = word_ << 1 | (object ? 1 : 0);
    ++depth_;
  }

  void pop() noexcept {
    word_ >>= 1;
    --depth_;
    if (depth_ != 0 && depth_ % bits == 0) {
      word_ = outer_.back();
      outer_.pop_back();
    }
  }

 private:
  static constexpr std::size_t bits = 64;

  std::uint64_t word_ = 0;  // the innermost level in the lowest bit
  std::size_t depth_ = 0;
  std::vector<std::uint64_t> outer_;  // full words of what is further out
};

}  // namespace geomatch::codec
