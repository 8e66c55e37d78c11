#pragma once

namespace geomatch::net {

/// How a read ended.
enum class ReadResult {
  data,       ///< some bytes came
  end,        ///< the peer sends no more, but may still receive
  cancelled,  ///< it was called off before any came
  failed,     ///< the connection is broken, or was closed meanwhile
};

}  // namespace geomatch::net
