#pragma once

#include <cstddef>
#include <string>

#include <boost/beast/http/verb.hpp>

namespace geomatch::net {

/// What is kept of a request's line and fields: all that anything here asks for. Of a field that is there
/// more than once the first value that isn't empty.
struct RequestHead {
  boost::beast::http::verb method = boost::beast::http::verb::unknown;
  int version = 11;  ///< 10 or 11
  std::string target;
  std::string content_type;
  std::string content_encoding;
  std::string transfer_encoding;
  std::string expect;

  // How often these were there.
  std::size_t hosts = 0;
  std::size_t content_lengths = 0;
  std::size_t transfer_encodings = 0;

  /// As new, but with the memory that the texts have.
  void clear() noexcept {
    method = boost::beast::http::verb::unknown;
    version = 11;
    for (std::string* text : {&target, &content_type, &content_encoding, &transfer_encoding, &expect}) {
      text->clear();
    }
    hosts = content_lengths = transfer_encodings = 0;
  }
};

}  // namespace geomatch::net
