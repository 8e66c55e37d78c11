#pragma once

#include <cstddef>
#include <forward_list>
#include <string>
#include <string_view>

#include "json_number.hpp"
#include "json_text.hpp"

namespace geomatch::codec {

/// Takes one JSON text (RFC 8259) apart from front to back, without building anything of it. A byte order
/// mark before it is passed over. All that is passed is checked, what is skipped as well: strings are UTF-8,
/// numbers finite. Nesting takes no stack.
///
/// Where the text stops being JSON the scanner has failed for good: what it gives from there on is void, and
/// its loops end, so one look at `finished` at the end will do. Views that it gives hold as long as scanner
/// and text.
class JsonScanner {
 public:
  explicit JsonScanner(std::string_view text) noexcept;

  JsonScanner(const JsonScanner&) = delete;
  JsonScanner& operator=(const JsonScanner&) = delete;

  /// The first character of the next value, which tells its kind; NUL where there is none.
  [[nodiscard]] char peek() noexcept {
    while (at_ != end_ && is_space(*at_)) ++at_;
    return at_ != end_ ? *at_ : '\0';
  }
  [[nodiscard]] bool at_number() noexcept {
    const char c = peek();
    return c == '-' || (c >= '0' && c <= '9');
  }

  /// The next value, which has to be of this kind as far as `peek` tells.
  [[nodiscard]] std::string_view text() { return quoted(Wanted::yes); }
  [[nodiscard]] double number() noexcept { return exact_number().value; }
  [[nodiscard]] JsonNumber exact_number() noexcept {
    JsonNumber number;
    if (const char* const stop = read_json_number(at_, end_, number)) {
      at_ = stop;
    } else {
      fail();
    }
    return number;
  }
  [[nodiscard]] bool boolean() noexcept;

  /// Enters the next value, an object. Each `next_member` then leads to the value called `name`, which has to
  /// be read or skipped before the next call; false: there are no more, and the object is left.
  void begin_object() noexcept { enter(); }
  [[nodiscard]] bool next_member() { return next_member(Wanted::yes); }
  [[nodiscard]] std::string_view name() const noexcept { return name_; }

  /// The same for an array.
  void begin_array() noexcept { enter(); }
  [[nodiscard]] bool next_element() noexcept { return next(']'); }

  /// Passes the next value, whatever it is.
  void skip();

  /// Whether all was JSON, and nothing is left.
  [[nodiscard]] bool finished() noexcept { return peek() == '\0' && at_ == end_ && !failed_; }

  /// How many bytes it took, up to where it failed if it did.
  [[nodiscard]] std::size_t taken() const noexcept {
    return static_cast<std::size_t>((failed_ ? failed_at_ : at_) - begin_);
  }

 private:
  enum class Wanted { yes, no };  // else only checked

  [[nodiscard]] static bool is_space(char c) noexcept {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  void enter() noexcept;
  [[nodiscard]] bool next(char closing) noexcept;
  [[nodiscard]] bool next_member(Wanted wanted);
  // In line, so that the compiler keeps `at_` in a register: a third of the time of a usual body.
  [[nodiscard, gnu::always_inline]] std::string_view quoted(Wanted wanted) {
    const char* const begin = at_ + 1;
    at_ = json_text::pass_plain(begin, end_);
    if (at_ == end_ || *at_ != '"') return rest_of_quoted(begin, wanted);
    return {begin, at_++};
  }
  [[nodiscard]] std::string_view rest_of_quoted(const char* begin, Wanted wanted);
  void expect(std::string_view word) noexcept;
  void skip_scalar();
  void skip_nested();
  void fail() noexcept;

  const char* begin_;
  const char* at_;
  const char* end_;
  const char* failed_at_ = nullptr;
  bool failed_ = false;   // on its own, as an empty text can begin at nullptr
  bool entered_ = false;  // an object or array, and nothing in it was met yet
  std::string_view name_;
  std::forward_list<std::string> unescaped_;  // what is meant by those strings that have escapes
};

}  // namespace geomatch::codec
