#pragma once

#include <string_view>

#include <boost/beast/http/verb.hpp>

namespace geomatch::http {

/// A request that arrived whole. The views are valid while it is being handled, not beyond.
struct Request {
  boost::beast::http::verb method = boost::beast::http::verb::unknown;
  std::string_view target = {};            ///< as sent: path and query, percent-encoded
  std::string_view content_type = {};      ///< the field's value; empty: none
  std::string_view content_encoding = {};  ///< likewise
  std::string_view body = {};
};

}  // namespace geomatch::http
