#include "reply_writer.hpp"

#include <charconv>
#include <concepts>

namespace geomatch::net {
namespace {

void append(std::string& out, std::integral auto number) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  out.append(digits, end);
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

void append_reply(std::string& out, const http::Reply& reply, const ReplyFrame& frame,
                  std::string_view date) {
  const auto reason = boost::beast::http::obsolete_reason(reply.status);
  out.append("HTTP/1.1 ");
  append(out, static_cast<unsigned>(reply.status));
  out.append(" ").append(reason.data(), reason.size()).append("\r\n");
  append_field(out, "Date", date);
  if (reply.status !=
      boost::beast::http::status::no_content) {  // which has neither, by RFC 9110, section 8.6
    append_field(out, "Content-Type", reply.content_type);
    out.append("Content-Length: ");
    append(out, reply.body.size());
    out.append("\r\n");
  }
  if (!reply.allow.empty()) append_field(out, "Allow", reply.allow);
  if (reply.retry_after) {
    out.append("Retry-After: ");
    append(out, reply.retry_after->count());
    out.append("\r\n");
  }
  if (frame.close) {
    append_field(out, "Connection", "close");
  } else if (frame.http_1_0) {
    append_field(out, "Connection", "keep-alive");
  }
  out.append("\r\n");
  if (!frame.head_only) out.append(reply.body);
}

}  // namespace geomatch::net
