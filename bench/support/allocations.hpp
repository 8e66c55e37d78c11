#pragma once

#include <cstdint>

namespace geomatch::bench {

/// Allocations of this thread so far: every malloc, calloc, realloc and aligned one, operator new's included.
[[nodiscard]] std::uint64_t allocations() noexcept;

}  // namespace geomatch::bench
