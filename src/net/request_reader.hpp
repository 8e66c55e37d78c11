#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include <geomatch/http/reply.hpp>
#include <geomatch/http/request.hpp>
#include <geomatch/net/limits.hpp>

#include "request_head.hpp"
#include "request_parser.hpp"

namespace geomatch::net {

/// Cuts the bytes of a connection into requests. No I/O. One thread at a time.
class RequestReader {
 public:
  enum class Status {
    needs_more,        ///< feed it more bytes
    expects_continue,  ///< the same, and the client waits for "100 Continue" before it sends them
    complete,          ///< `request` is there; `next` goes on to the one after it
    malformed,         ///< `refusal` says why; nothing after it can be understood
  };

  explicit RequestReader(const Limits& limits);

  /// Whether there is room for bytes to come. Without it `next` has requests, or one to refuse.
  [[nodiscard]] bool has_room() const noexcept;
  /// Room for bytes to come, where there is, and how many came.
  [[nodiscard]] boost::asio::mutable_buffer prepare();
  void commit(std::size_t bytes);

  /// Drops the bytes there are: nothing is read of them any more.
  void discard() noexcept { buffer_.clear(); }

  /// Goes on with the bytes there are.
  [[nodiscard]] Status next();

  /// The request that is complete; its views are valid until the next call of `next` or `prepare`.
  [[nodiscard]] http::Request request() const;
  [[nodiscard]] bool keep_alive() const { return is_usual_ || parser_->keep_alive(); }
  [[nodiscard]] bool is_http_1_0() const { return head_.version == 10; }
  [[nodiscard]] http::Reply& refusal() noexcept { return *refusal_; }

  /// Whether some of a request, but not all of it, has arrived.
  [[nodiscard]] bool in_request() const noexcept;

 private:
  void begin();
  [[nodiscard]] bool begins_last_chunk() const noexcept;
  Status parse();
  Status refuse(http::Reply reply);
  [[nodiscard]] http::Reply refusal_of(boost::system::error_code error) const;

  const Limits& limits_;
  boost::beast::flat_buffer buffer_;
  RequestHead head_;
  std::string_view body_;  // of a usual request
  std::string pieces_;     // of a body that comes in several
  std::optional<RequestParser> parser_;
  std::optional<http::Reply> refusal_;
  bool is_complete_ = false;
  bool is_usual_ = false;  // it was read without the parser, which is as good as new
  bool header_checked_ = false;
  bool continue_told_ = false;
};

}  // namespace geomatch::net
