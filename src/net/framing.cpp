#include "framing.hpp"

#include <boost/beast/core/string.hpp>

#include <geomatch/http/problems.hpp>

namespace geomatch::net {
namespace {

using boost::beast::http::verb;

bool needs_length(verb method) noexcept {
  return method == verb::post || method == verb::put || method == verb::patch;
}

}  // namespace

std::optional<http::Reply> refuse_framing(const RequestHead& head) {
  // RFC 9112, section 3.2.
  if (head.hosts != 1 && head.version == 11) {
    return http::problems::bad_request("Send one Host field.");
  }
  // RFC 9112, sections 6.1 and 6.3.
  if (head.transfer_encodings != 0 && head.content_lengths != 0) {
    return http::problems::bad_request("Send a Content-Length or a Transfer-Encoding, not both.");
  }
  if (head.content_lengths > 1) return http::problems::bad_request("Send one Content-Length.");
  if (head.transfer_encodings != 0 && head.version != 11) {
    return http::problems::bad_request("HTTP/1.0 has no Transfer-Encoding; send a Content-Length.");
  }
  if (head.transfer_encodings > 1 ||
      (head.transfer_encodings == 1 && !boost::beast::iequals(head.transfer_encoding, "chunked"))) {
    return http::problems::not_implemented("The only Transfer-Encoding known here is chunked.");
  }
  if (head.transfer_encodings == 0 && head.content_lengths == 0 && needs_length(head.method)) {
    return http::problems::length_required();
  }
  return std::nullopt;
}

}  // namespace geomatch::net
