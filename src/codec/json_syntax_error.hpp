#pragma once

#include <cstddef>

namespace geomatch::codec {

/// Why a text is not JSON.
struct JsonSyntaxError {
  std::size_t offset = 0;  ///< of the byte at which it stopped being JSON; the text's size: it ends too early
  bool out_of_range = false;  ///< the text is well-formed there, but the number fits no double
};

}  // namespace geomatch::codec
