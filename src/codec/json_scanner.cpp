#include "json_scanner.hpp"

#include <utility>

#include "nesting.hpp"

namespace geomatch::codec {

JsonScanner::JsonScanner(std::string_view text) noexcept
    : begin_(text.data()), at_(text.data()), end_(text.data() + text.size()) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) at_ += byte_order_mark.size();
}

bool JsonScanner::boolean() noexcept {
  const bool value = *at_ == 't';
  expect(value ? "true" : "false");
  return value;
}

void JsonScanner::skip() {
  const char c = peek();
  if (c == '{' || c == '[') {
    skip_nested();
  } else {
    skip_scalar();
  }
}

void JsonScanner::skip_scalar() {
  switch (peek()) {
    case '"':
      (void)quoted(Wanted::no);
      break;
    case 't':
      expect("true");
      break;
    case 'f':
      expect("false");
      break;
    case 'n':
      expect("null");
      break;
    default:
      if (at_number()) {
        (void)exact_number();
      } else {
        fail();
      }
  }
}

void JsonScanner::skip_nested() {
  Nesting open;
  do {
    const char c = peek();
    if (c == '{' || c == '[') {
      open.push(c == '{');
      enter();
    } else {
      skip_scalar();
    }
    while (!open.empty() && !(open.innermost() ? next_member(Wanted::no) : next_element())) open.pop();
  } while (!open.empty());
}

void JsonScanner::enter() noexcept {
  ++at_;
  entered_ = true;
}

bool JsonScanner::next(char closing) noexcept {
  const bool first = std::exchange(entered_, false);
  const char c = peek();
  if (c == closing) {
    ++at_;
    return false;
  }
  if (first) return true;
  if (c != ',') {
    fail();
    return false;
  }
  ++at_;
  return true;
}

bool JsonScanner::next_member(Wanted wanted) {
  if (!next('}')) return false;
  if (peek() != '"') {
    fail();
    return false;
  }
  name_ = quoted(wanted);
  if (peek() != ':') {
    fail();
    return false;
  }
  ++at_;
  return true;
}

std::string_view JsonScanner::rest_of_quoted(const char* begin, Wanted wanted) {
  std::string meaning;
  const char* const quote = json_text::pass_rest(begin, at_, end_, meaning);
  if (quote == nullptr) {
    fail();
    return {};
  }
  at_ = quote + 1;
  if (meaning.empty()) return {begin, quote};
  return wanted == Wanted::yes ? unescaped_.emplace_front(std::move(meaning)) : std::string_view{};
}

void JsonScanner::expect(std::string_view word) noexcept {
  if (std::string_view{at_, end_}.starts_with(word)) {
    at_ += word.size();
  } else {
    fail();
  }
}

void JsonScanner::fail() noexcept {
  if (!failed_) failed_at_ = at_;
  failed_ = true;
  at_ = end_;
}

}  // namespace geomatch::codec
