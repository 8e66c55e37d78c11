#pragma once

#include <chrono>
#include <string_view>

namespace geomatch::observe {

/// Writes `text` to a pipe, terminal, socket or file of which nobody may read: waits for room `patience` at
/// most, and leaves out what finds none. False if something was left out. For the few words of a program that
/// starts or ends; thread-safe.
bool write_within(int descriptor, std::string_view text, std::chrono::milliseconds patience) noexcept;

}  // namespace geomatch::observe
