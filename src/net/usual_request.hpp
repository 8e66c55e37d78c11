#pragma once

#include <cstddef>
#include <string_view>

#include <geomatch/net/limits.hpp>

#include "request_head.hpp"

namespace geomatch::net {

/// Reads the request that `bytes` begin with if it is one as phones send them: a GET or POST of HTTP/1.1,
/// there as a whole, without a field that changes how it is read. It is then what Beast's parser makes of it,
/// in a quarter of the instructions. Fills `head`, which is clear, and `body`, a part of `bytes`; returns how
/// many bytes it took.
///
/// 0: the parser has to look at it, be it unusual, wrong or not whole; what `head` holds is then unspecified.
[[nodiscard]] std::size_t read_usual_request(std::string_view bytes, const Limits& limits, RequestHead& head,
                                             std::string_view& body);

}  // namespace geomatch::net
