#pragma once

namespace geomatch::codec {

/// A number of a JSON text.
struct JsonNumber {
  double value = 0;
  bool exact = true;  ///< false: written as an integer beyond ±2^53, where doubles have gaps
};

}  // namespace geomatch::codec
