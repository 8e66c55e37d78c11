#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <boost/beast/http/basic_parser.hpp>

#include "request_head.hpp"

namespace geomatch::net {

/// Beast's parser for one request, which keeps what is needed of it where memory is used again; Beast's own
/// container allocates for every field.
class RequestParser final : public boost::beast::http::basic_parser<true> {
 public:
  /// Fills `head`, and `pieces` with a body that comes in several; both are empty, and outlive this.
  /// A chunked body's extensions and trailers, of which nothing is kept, may be `max_unused_bytes` together;
  /// more are error::header_limit.
  RequestParser(RequestHead& head, std::string& pieces, std::size_t max_unused_bytes) noexcept
      : head_(head), pieces_(pieces), unused_bytes_left_(max_unused_bytes) {}

  /// The body, once it is whole; valid as long as the bytes that `put` was last given, and `pieces`.
  [[nodiscard]] std::string_view body() const noexcept { return pieces_.empty() ? whole_ : pieces_; }

 private:
  using Error = boost::system::error_code;
  using Text = boost::beast::string_view;

  void on_request_impl(boost::beast::http::verb method, Text method_text, Text target, int version,
                       Error& error) override;
  void on_response_impl(int status, Text reason, int version, Error& error) override;
  void on_field_impl(boost::beast::http::field name, Text name_text, Text value, Error& error) override;
  void on_header_impl(Error& error) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>& content_length, Error& error) override;
  std::size_t on_body_impl(Text piece, Error& error) override;
  void on_chunk_header_impl(std::uint64_t size, Text extensions, Error& error) override;
  std::size_t on_chunk_body_impl(std::uint64_t remain, Text piece, Error& error) override;
  void on_finish_impl(Error& error) override;

  void count_unused(std::size_t bytes, Error& error) noexcept;

  RequestHead& head_;
  std::string& pieces_;
  std::size_t unused_bytes_left_;
  bool in_trailers_ = false;
  std::string_view whole_;  // a body that came in one
  std::uint64_t length_ = 0;
};

}  // namespace geomatch::net
