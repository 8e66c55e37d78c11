#include "usual_request.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace geomatch::net {
namespace {

using boost::beast::http::verb;

constexpr std::string_view version_and_end = "HTTP/1.1\r\n";

// Which characters a token may have (RFC 9110, section 5.6.2).
constexpr auto is_token = [] {
  std::array<bool, 256> table{};
  for (const char c :
       std::string_view{"!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"}) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}();

constexpr bool is_visible(char c) noexcept {
  return c > ' ' && c <= '~';
}

// Whether `text`, of visible characters and blanks, is `lower_case`, of letters and hyphens, in any case:
// among such characters setting the bit that small letters have makes only those equal that are.
bool is_called(std::string_view text, std::string_view lower_case) noexcept {
  if (text.size() != lower_case.size()) return false;
  constexpr std::uint64_t small_letters = 0x2020202020202020;
  std::size_t i = 0;
  for (; lower_case.size() - i >= sizeof(std::uint64_t); i += sizeof(std::uint64_t)) {
    std::uint64_t given = 0;
    std::uint64_t wanted = 0;
    std::memcpy(&given, text.data() + i, sizeof given);
    std::memcpy(&wanted, lower_case.data() + i, sizeof wanted);
    if ((given | small_letters) != wanted) return false;
  }
  for (; i < lower_case.size(); ++i) {
    if ((text[i] | ' ') != lower_case[i]) return false;
  }
  return true;
}

bool starts_with(const char* at, const char* end, std::string_view what) noexcept {
  return std::string_view{at, static_cast<std::size_t>(end - at)}.starts_with(what);
}

// One pass over the bytes; each step says whether what it met is usual.
class Reading {
 public:
  Reading(std::string_view bytes, RequestHead& head) noexcept
      : begin_(bytes.data()), at_(bytes.data()), end_(bytes.data() + bytes.size()), head_(head) {}

  [[nodiscard]] bool request_line() {
    if (starts_with(at_, end_, "POST ")) {
      head_.method = verb::post;
      at_ += 5;
    } else if (starts_with(at_, end_, "GET ")) {
      head_.method = verb::get;
      at_ += 4;
    } else {
      return false;
    }
    const char* const target = at_;
    while (at_ != end_ && is_visible(*at_)) ++at_;
    if (at_ == target || at_ == end_ || *at_ != ' ') return false;
    head_.target.assign(target, at_);
    ++at_;
    if (!starts_with(at_, end_, version_and_end)) return false;
    at_ += version_and_end.size();
    return true;
  }

  // Up to the empty line and over it.
  [[nodiscard]] bool fields() {
    while (at_ != end_ && *at_ != '\r') {
      if (!field()) return false;
    }
    if (end_ - at_ < 2 || at_[1] != '\n') return false;
    at_ += 2;
    return true;
  }

  [[nodiscard]] std::size_t taken() const noexcept { return static_cast<std::size_t>(at_ - begin_); }
  [[nodiscard]] std::size_t content_length() const noexcept { return content_length_; }

 private:
  bool field() {
    const char* const name = at_;
    while (at_ != end_ && is_token[static_cast<unsigned char>(*at_)]) ++at_;
    if (at_ == name || at_ == end_ || *at_ != ':') return false;
    const std::string_view name_text{name, static_cast<std::size_t>(at_ - name)};
    ++at_;
    while (at_ != end_ && *at_ == ' ') ++at_;
    const char* const value = at_;
    while (at_ != end_ && (is_visible(*at_) || *at_ == ' ')) ++at_;
    // A line that begins with a blank would go on with this one's value.
    if (end_ - at_ < 3 || at_[0] != '\r' || at_[1] != '\n' || at_[2] == ' ' || at_[2] == '\t') return false;
    const char* last = at_;
    while (last != value && last[-1] == ' ') --last;
    at_ += 2;
    return take(name_text, {value, static_cast<std::size_t>(last - value)});
  }

  bool take(std::string_view name, std::string_view value) {
    switch (name.size()) {
      case 4:
        if (is_called(name, "host")) ++head_.hosts;
        return true;
      case 6:
        return !is_called(name, "expect");
      case 7:
        return !is_called(name, "upgrade");
      case 10:
        return !is_called(name, "connection") || is_called(value, "keep-alive");
      case 12:
        if (is_called(name, "content-type") && head_.content_type.empty()) head_.content_type.assign(value);
        return true;
      case 14:
        return !is_called(name, "content-length") || take_length(value);
      case 16:
        return !is_called(name, "content-encoding") && !is_called(name, "proxy-connection");
      case 17:
        return !is_called(name, "transfer-encoding");
      default:
        return true;
    }
  }

  bool take_length(std::string_view value) noexcept {
    constexpr std::size_t most_digits = 9;
    if (value.empty() || value.size() > most_digits) return false;
    for (const char c : value) {
      if (c < '0' || c > '9') return false;
      content_length_ = 10 * content_length_ + static_cast<std::size_t>(c - '0');
    }
    return head_.content_lengths++ == 0;
  }

  const char* const begin_;
  const char* at_;
  const char* const end_;
  RequestHead& head_;
  std::size_t content_length_ = 0;
};

}  // namespace

std::size_t read_usual_request(std::string_view bytes, const Limits& limits, RequestHead& head,
                               std::string_view& body) {
  Reading reading{bytes, head};
  if (!reading.request_line() || !reading.fields()) return 0;
  const bool has_body = head.method == verb::post;
  if (head.hosts != 1 || head.content_lengths != (has_body ? 1 : 0)) return 0;
  const std::size_t length = reading.content_length();
  if (reading.taken() > limits.max_header_bytes || length > limits.max_body_bytes) return 0;
  if (bytes.size() - reading.taken() < length) return 0;
  body = bytes.substr(reading.taken(), length);
  return reading.taken() + length;
}

}  // namespace geomatch::net
