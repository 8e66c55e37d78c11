#pragma once

#include <cstddef>
#include <string_view>

namespace geomatch::codec {

/// Takes a text of fixed form apart from left to right. Once something is not as asked for it has failed, and
/// all that follows is void: one look at `finished` at the end will do.
class TextScanner {
 public:
  explicit TextScanner(std::string_view text) noexcept : rest_(text) {}

  /// Exactly `count` decimal digits, at most nine.
  int digits(std::size_t count) noexcept {
    int number = 0;
    for (std::size_t i = 0; i < count; ++i) {
      number = number * 10 + digit();
    }
    return failed_ ? 0 : number;
  }

  /// The next character, which has to be one of `characters`.
  char one_of(std::string_view characters) noexcept {
    if (!next_is(characters)) {
      failed_ = true;
    }
    if (failed_) {
      return '0';
    }
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  [[nodiscard]] bool next_is_digit() const noexcept {
    return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
  }

  [[nodiscard]] bool next_is(std::string_view characters) const noexcept {
    return !rest_.empty() && characters.find(rest_.front()) != std::string_view::npos;
  }

  /// Whether all was as asked for, and nothing is left.
  [[nodiscard]] bool finished() const noexcept { return !failed_ && rest_.empty(); }

 private:
  int digit() noexcept {
    if (!next_is_digit()) {
      failed_ = true;
      return 0;
    }
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c - '0';
  }

  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace geomatch::codec
