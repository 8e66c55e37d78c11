#include "reply_writer.hpp"

#include <array>
#include <charconv>
#include <concepts>
#include <cstring>

namespace geomatch::net {
namespace {

// Text on its way to a string: put together where it is small and hot, and appended in one go.
class Appender {
 public:
  explicit Appender(std::string& out) noexcept : out_(out) {}
  ~Appender() { out_.append(bytes_.data(), size_); }

  Appender(const Appender&) = delete;
  Appender& operator=(const Appender&) = delete;

  // Of a literal the size is known, and copying it takes a few moves.
  template <std::size_t Size>
  Appender& operator<<(const char (&literal)[Size]) {
    constexpr std::size_t size = Size - 1;
    if (size > bytes_.size() - size_) return append_around({literal, size});
    std::memcpy(bytes_.data() + size_, literal, size);
    size_ += size;
    return *this;
  }
  Appender& operator<<(std::string_view text) {
    if (text.size() > bytes_.size() - size_) return append_around(text);
    std::memcpy(bytes_.data() + size_, text.data(), text.size());
    size_ += text.size();
    return *this;
  }
  Appender& operator<<(std::integral auto number) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    return *this << std::string_view{digits, end};
  }

 private:
  Appender& append_around(std::string_view text) {
    out_.append(bytes_.data(), size_).append(text);
    size_ = 0;
    return *this;
  }

  std::string& out_;
  std::array<char, 256> bytes_;
  std::size_t size_ = 0;
};

}  // namespace

void append_reply(std::string& out, const http::Reply& reply, const ReplyFrame& frame,
                  std::string_view date) {
  using boost::beast::http::status;
  Appender head{out};
  if (reply.status == status::ok) {
    head << "HTTP/1.1 200 OK\r\nDate: ";
  } else {
    const auto reason = boost::beast::http::obsolete_reason(reply.status);
    head << "HTTP/1.1 " << static_cast<unsigned>(reply.status) << " "
         << std::string_view{reason.data(), reason.size()} << "\r\nDate: ";
  }
  head << date;
  if (reply.status != status::no_content) {  // which has neither, by RFC 9110, section 8.6
    head << "\r\nContent-Type: " << reply.content_type << "\r\nContent-Length: " << reply.body.size();
  }
  if (!reply.allow.empty()) head << "\r\nAllow: " << reply.allow;
  if (!reply.accept_encoding.empty()) head << "\r\nAccept-Encoding: " << reply.accept_encoding;
  if (reply.retry_after) head << "\r\nRetry-After: " << reply.retry_after->count();
  if (frame.close) {
    head << "\r\nConnection: close";
  } else if (frame.http_1_0) {
    head << "\r\nConnection: keep-alive";
  }
  head << "\r\n\r\n";
  if (!frame.head_only) head << reply.body;
}

}  // namespace geomatch::net
