#pragma once

#include <cstddef>

namespace geomatch::app {

/// Raises this process's limit of open files as far as it may: a connection takes one, and the customary
/// 1,024 are fewer than --max-connections. Gives what it is then.
std::size_t raise_open_files_limit() noexcept;

/// How many of `wanted` phones may be connected when `threads` I/O threads serve within `limit` open files.
/// The others are left to what is open, to the log and to the operators' side: phones can't take those.
/// Before the log is opened. Throws std::runtime_error with the remedy if hardly any are left.
[[nodiscard]] std::size_t connections_within(std::size_t limit, std::size_t threads, std::size_t wanted);

}  // namespace geomatch::app
