#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "eight_bytes.hpp"

namespace geomatch::codec {

/// A name of at most 16 bytes as two words, to be compared and hashed without a loop.
struct ShortName {
  static constexpr std::size_t max_bytes = 16;

  std::uint64_t front = 0;  ///< its first eight bytes
  std::uint64_t back = 0;   ///< its last eight, if it has more than eight
  std::size_t bytes = 0;

  /// Of a `name` that isn't longer than that.
  [[nodiscard]] static constexpr ShortName of(std::string_view name) noexcept {
    if (name.size() <= eight_bytes::size) return {.front = word(name), .back = 0, .bytes = name.size()};
    return {.front = word(name.substr(0, eight_bytes::size)),
            .back = word(name.substr(name.size() - eight_bytes::size)),
            .bytes = name.size()};
  }

  friend constexpr bool operator==(const ShortName&, const ShortName&) = default;

 private:
  [[nodiscard]] static constexpr std::uint64_t word(std::string_view text) noexcept {
    return eight_bytes::load(text.data(), text.size());
  }
};

}  // namespace geomatch::codec
