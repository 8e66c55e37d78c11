#pragma once

#include <cstddef>
#include <string_view>

namespace geomatch::load {

/// One reply of a server, as far as the load generator looks at it.
struct Reply {
  int status = 0;              ///< HTTP's; of Redis 200, or 500 for an error
  std::size_t bytes = 0;       ///< all of it, head included
  std::size_t matches = 0;     ///< of Redis: the members of the array, if it is one
  bool closes = false;         ///< the server said that it closes the connection
  std::string_view body = {};  ///< only if it arrived in one piece; of a Redis error its text
};

}  // namespace geomatch::load
