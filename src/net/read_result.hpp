#pragma once

namespace geomatch::net {

/// How a read ended.
enum class ReadResult {
  data,    ///< some bytes came
  end,     ///< the peer sends no more, but may still receive
  failed,  ///< the connection is broken, or was closed meanwhile
};

}  // namespace geomatch::net
