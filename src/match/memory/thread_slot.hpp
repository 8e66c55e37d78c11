#pragma once

#include <cstddef>

#include <geomatch/match/grid.hpp>

namespace geomatch::match {

/// As many threads as may use matchers at one time.
inline constexpr std::size_t max_threads = Grid::most_threads;

/// This thread's number: below max_threads, and no other living thread's. It is taken at the first call and
/// given back when the thread ends; whoever gets it next inherits what is kept by that number. Lock-free.
/// Throws std::runtime_error where max_threads have one already.
[[nodiscard]] std::size_t this_thread_slot();

/// No thread has, or had, a slot from here on.
[[nodiscard]] std::size_t thread_slots_ever_used() noexcept;

}  // namespace geomatch::match
