#include "request_reader.hpp"

#include <algorithm>
#include <cassert>
#include <string_view>
#include <utility>

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>

#include <geomatch/http/problems.hpp>

#include "framing.hpp"
#include "usual_request.hpp"

namespace geomatch::net {
namespace {

namespace beast_http = boost::beast::http;

constexpr std::size_t read_bytes = 4096;
constexpr std::size_t kept_body_bytes = 4096;  // memory for more than that goes once the body is answered

// Whether a request line is one but for its version: METHOD SP TARGET SP HTTP/DIGIT…
bool names_http_version(std::string_view line) noexcept {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (last == std::string_view::npos || line.find(' ', first + 1) != last || first == last) return false;
  const std::string_view version = line.substr(last + 1);
  constexpr std::string_view name = "HTTP/";
  return version.starts_with(name) && version.size() > name.size() && version[name.size()] >= '0' &&
         version[name.size()] <= '9';
}

}  // namespace

RequestReader::RequestReader(const Limits& limits)
    : limits_(limits), buffer_(limits.max_header_bytes + 2 * read_bytes) {
  begin();
}

void RequestReader::begin() {
  head_.clear();
  is_complete_ = false;
  if (std::exchange(is_usual_, false)) return;
  pieces_.clear();
  if (pieces_.capacity() > kept_body_bytes) pieces_.shrink_to_fit();
  parser_.emplace(head_, pieces_, limits_.max_header_bytes);
  parser_->eager(true);
  parser_->header_limit(static_cast<std::uint32_t>(limits_.max_header_bytes));
  parser_->body_limit(limits_.max_body_bytes);
  header_checked_ = false;
  continue_told_ = false;
}

// What `next` leaves of a request that isn't whole is at most a header long, or it would have refused it.
bool RequestReader::has_room() const noexcept {
  return buffer_.max_size() - buffer_.size() >= read_bytes;
}

boost::asio::mutable_buffer RequestReader::prepare() {
  assert(has_room());
  return buffer_.prepare(read_bytes);
}

void RequestReader::commit(std::size_t bytes) {
  buffer_.commit(bytes);
}

bool RequestReader::in_request() const noexcept {
  return buffer_.size() != 0 || (parser_->got_some() && !is_complete_);
}

RequestReader::Status RequestReader::next() {
  if (is_complete_) begin();
  if (buffer_.size() == 0) return Status::needs_more;
  if (parser_->got_some()) return parse();
  const std::string_view bytes{static_cast<const char*>(buffer_.data().data()), buffer_.size()};
  if (const std::size_t taken = read_usual_request(bytes, limits_, head_, body_)) {
    buffer_.consume(taken);
    is_usual_ = is_complete_ = true;
    return Status::complete;
  }
  head_.clear();
  return parse();
}

RequestReader::Status RequestReader::parse() {
  if (begins_last_chunk()) return Status::needs_more;
  boost::system::error_code error;
  buffer_.consume(parser_->put(buffer_.data(), error));
  if (error && error != beast_http::error::need_more) return refuse(refusal_of(error));
  // The parser keeps to the limit itself in a header, but not in a chunk's, nor in trailers.
  if (buffer_.size() > limits_.max_header_bytes && !parser_->is_done()) {
    return refuse(http::problems::header_too_large());
  }
  if (!parser_->is_header_done()) return Status::needs_more;

  if (!header_checked_) {
    header_checked_ = true;
    if (auto reply = refuse_framing(head_)) return refuse(std::move(*reply));
  }
  if (parser_->is_done()) {
    is_complete_ = true;
    return Status::complete;
  }
  if (!continue_told_ && boost::beast::iequals(head_.expect, "100-continue")) {
    continue_told_ = true;
    return Status::expects_continue;
  }
  return Status::needs_more;
}

// Boost 1.81's parser asserts that it never sees less than five bytes of a last chunk, when it waits for its
// end. Whatever else begins so has more to come as well.
bool RequestReader::begins_last_chunk() const noexcept {
  constexpr std::string_view shortest = "0\r\n\r\n";
  return parser_->is_header_done() && parser_->chunked() && buffer_.size() < shortest.size() &&
         *static_cast<const char*>(buffer_.data().data()) == shortest.front();
}

http::Request RequestReader::request() const {
  return {.method = head_.method,
          .target = head_.target,
          .content_type = head_.content_type,
          .content_encoding = head_.content_encoding,
          .body = is_usual_ ? body_ : parser_->body()};
}

RequestReader::Status RequestReader::refuse(http::Reply reply) {
  refusal_ = std::move(reply);
  return Status::malformed;
}

http::Reply RequestReader::refusal_of(boost::system::error_code error) const {
  if (error == beast_http::error::header_limit) return http::problems::header_too_large();
  if (error == beast_http::error::body_limit) return http::problems::body_too_large();
  const std::string_view bytes{static_cast<const char*>(buffer_.data().data()), buffer_.size()};
  if (error == beast_http::error::bad_version && names_http_version(bytes.substr(0, bytes.find('\n')))) {
    return http::problems::version_not_supported();
  }
  return http::problems::bad_request("This is not an HTTP request.");
}

}  // namespace geomatch::net
