#include "framing.hpp"

#include <boost/beast/core/string.hpp>

#include <geomatch/http/problems.hpp>

namespace geomatch::net {
namespace {

namespace beast_http = boost::beast::http;
using beast_http::field;
using beast_http::verb;

bool needs_length(verb method) noexcept {
  return method == verb::post || method == verb::put || method == verb::patch;
}

}  // namespace

std::optional<http::Reply> refuse_framing(const beast_http::header<true, beast_http::fields>& header) {
  // RFC 9112, section 3.2.
  if (header.count(field::host) != 1 && header.version() == 11) {
    return http::problems::bad_request("Send one Host field.");
  }
  const auto encodings = header.count(field::transfer_encoding);
  const auto lengths = header.count(field::content_length);
  // RFC 9112, sections 6.1 and 6.3.
  if (encodings != 0 && lengths != 0) {
    return http::problems::bad_request("Send a Content-Length or a Transfer-Encoding, not both.");
  }
  if (lengths > 1) return http::problems::bad_request("Send one Content-Length.");
  if (encodings != 0 && header.version() != 11) {
    return http::problems::bad_request("HTTP/1.0 has no Transfer-Encoding; send a Content-Length.");
  }
  if (encodings > 1 ||
      (encodings == 1 && !boost::beast::iequals(header[field::transfer_encoding], "chunked"))) {
    return http::problems::not_implemented("The only Transfer-Encoding known here is chunked.");
  }
  if (encodings == 0 && lengths == 0 && needs_length(header.method()))
    return http::problems::length_required();
  return std::nullopt;
}

}  // namespace geomatch::net
