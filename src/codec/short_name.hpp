#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

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
  // Up to eight bytes, the first one lowest.
  [[nodiscard]] static constexpr std::uint64_t word(std::string_view text) noexcept {
    if (std::is_constant_evaluated() || std::endian::native == std::endian::big) {
      std::uint64_t made = 0;
      for (std::size_t i = 0; i < text.size(); ++i) {
        made |= std::uint64_t{static_cast<unsigned char>(text[i])} << 8 * i;
      }
      return made;
    }
    if (text.size() == eight_bytes::size) return eight_bytes::load(text.data());
    // From both ends: what lies under both is the same.
    if (text.size() >= 4) return load<std::uint32_t>(text, 0) | load<std::uint32_t>(text, text.size() - 4);
    if (text.size() >= 2) return load<std::uint16_t>(text, 0) | load<std::uint16_t>(text, text.size() - 2);
    return text.empty() ? 0 : static_cast<unsigned char>(text.front());
  }

  template <class Part>
  [[nodiscard]] static std::uint64_t load(std::string_view text, std::size_t at) noexcept {
    Part part;
    std::memcpy(&part, text.data() + at, sizeof part);
    return std::uint64_t{part} << 8 * at;
  }
};

}  // namespace geomatch::codec
