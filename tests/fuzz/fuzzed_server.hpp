#pragma once

#include <string_view>

namespace geomatch::fuzz {

/// Serves one connection whose client sends what `input` says, with all that is behind a connection: routes,
/// codec, map and a log. Throws std::logic_error if a promise is broken: an exception gets as far as the
/// connection, a response is none, or something is left when the connection is closed.
///
/// The first four bytes of `input` say how: which side and when the log answers, how large the client's
/// pieces are, how slowly it reads, and how much it may have under way. The rest are the bytes it sends.
void serve(std::string_view input);

}  // namespace geomatch::fuzz
