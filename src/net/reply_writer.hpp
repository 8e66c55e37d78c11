#pragma once

#include <string>
#include <string_view>

#include <geomatch/http/reply.hpp>

namespace geomatch::net {

/// What the connection adds to an answer.
struct ReplyFrame {
  std::string_view date = {};  ///< the Date field
  bool close = false;          ///< the connection is closed after it
  bool http_1_0 = false;       ///< the request was of HTTP/1.0, where staying open has to be said
  bool head_only = false;      ///< the request was HEAD
};

/// Appends `reply` as it goes over the wire.
void append_reply(std::string& out, const http::Reply& reply, const ReplyFrame& frame);

}  // namespace geomatch::net
