#pragma once

#include <cstddef>

namespace geomatch::observe {

/// Lines of the log that will not be written. Thread-safe.
void count_dropped_lines(std::size_t lines) noexcept;

}  // namespace geomatch::observe
