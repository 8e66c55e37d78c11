#pragma once

#include <optional>

#include <geomatch/http/reply.hpp>

#include "request_head.hpp"

namespace geomatch::net {

/// Looks for a header that two parties could read as bodies of different lengths (request smuggling), which
/// Beast before 1.92 lets pass, and for a missing Host or length. The answer to it, after which the
/// connection is closed.
[[nodiscard]] std::optional<http::Reply> refuse_framing(const RequestHead& head);

}  // namespace geomatch::net
