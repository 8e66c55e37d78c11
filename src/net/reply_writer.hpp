#pragma once

#include <string>
#include <string_view>

#include <geomatch/http/reply.hpp>

namespace geomatch::net {

/// What the connection adds to an answer, besides the date.
struct ReplyFrame {
  bool close = false;      ///< the connection is closed after it
  bool http_1_0 = false;   ///< the request was of HTTP/1.0, where staying open has to be said
  bool head_only = false;  ///< the request was HEAD
};

/// Appends `reply` as it goes over the wire. `date`: the Date field.
void append_reply(std::string& out, const http::Reply& reply, const ReplyFrame& frame, std::string_view date);

}  // namespace geomatch::net
