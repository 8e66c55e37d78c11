#pragma once

#include <cstdint>

namespace geomatch::geo {

/// Neighbouring cells of one row: `count` of them eastwards from `first_column`, wrapping at the
/// antimeridian.
struct CellSpan {
  std::int32_t row = 0;
  std::int32_t first_column = 0;
  std::int32_t count = 0;
};

}  // namespace geomatch::geo
