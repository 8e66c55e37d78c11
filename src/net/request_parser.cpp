#include "request_parser.hpp"

#include <boost/beast/http/error.hpp>

namespace geomatch::net {
namespace {

using boost::beast::http::field;

void keep_first(std::string& kept, boost::beast::string_view value) {
  if (kept.empty()) kept.assign(value.data(), value.size());
}

}  // namespace

void RequestParser::on_request_impl(boost::beast::http::verb method, Text /*method_text*/, Text target,
                                    int version, Error& /*error*/) {
  head_.method = method;
  head_.version = version;
  head_.target.assign(target.data(), target.size());
}

void RequestParser::on_response_impl(int /*status*/, Text /*reason*/, int /*version*/, Error& /*error*/) {}

// A trailer is no header field: it may not say what the body is (RFC 9110, section 6.5.1).
void RequestParser::on_field_impl(field name, Text name_text, Text value, Error& error) {
  if (in_trailers_) return count_unused(name_text.size() + value.size(), error);
  switch (name) {
    case field::host:
      ++head_.hosts;
      break;
    case field::content_length:
      ++head_.content_lengths;
      break;
    case field::transfer_encoding:
      ++head_.transfer_encodings;
      keep_first(head_.transfer_encoding, value);
      break;
    case field::content_type:
      keep_first(head_.content_type, value);
      break;
    case field::content_encoding:
      keep_first(head_.content_encoding, value);
      break;
    case field::expect:
      keep_first(head_.expect, value);
      break;
    default:
      break;
  }
}

void RequestParser::on_header_impl(Error& /*error*/) {
  in_trailers_ = true;  // what comes after this
}

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& content_length,
                                      Error& /*error*/) {
  length_ = content_length.value_or(0);
}

std::size_t RequestParser::on_body_impl(Text piece, Error& /*error*/) {
  if (piece.size() == length_) {
    whole_ = {piece.data(), piece.size()};
  } else {
    pieces_.append(piece.data(), piece.size());
  }
  return piece.size();
}

void RequestParser::on_chunk_header_impl(std::uint64_t /*size*/, Text extensions, Error& error) {
  count_unused(extensions.size(), error);
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t /*remain*/, Text piece, Error& /*error*/) {
  pieces_.append(piece.data(), piece.size());
  return piece.size();
}

void RequestParser::count_unused(std::size_t bytes, Error& error) noexcept {
  if (bytes > unused_bytes_left_) {
    error = boost::beast::http::error::header_limit;
  } else {
    unused_bytes_left_ -= bytes;
  }
}

void RequestParser::on_finish_impl(Error& /*error*/) {}

}  // namespace geomatch::net
