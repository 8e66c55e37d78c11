#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <boost/beast/http/status.hpp>

namespace geomatch::http {

/// An answer, but for what belongs to the connection. The views are of static texts.
struct Reply {
  boost::beast::http::status status = boost::beast::http::status::ok;
  std::string_view content_type = "application/json";
  std::string body = {};                  ///< empty with 204
  std::string_view allow = {};            ///< the Allow field, with 405
  std::string_view accept_encoding = {};  ///< the Accept-Encoding field, with 415
  std::optional<std::chrono::seconds> retry_after = {};
};

}  // namespace geomatch::http
