#pragma once

#include <optional>

#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>

#include <geomatch/http/reply.hpp>

namespace geomatch::net {

/// Looks for a header that two parties could read as bodies of different lengths (request smuggling), which
/// Beast before 1.92 lets pass, and for a missing Host or length. The answer to it, after which the
/// connection is closed.
[[nodiscard]] std::optional<http::Reply> refuse_framing(
    const boost::beast::http::header<true, boost::beast::http::fields>& header);

}  // namespace geomatch::net
