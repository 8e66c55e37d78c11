#pragma once

#include <bit>
#include <cstdint>

namespace geomatch::match {

/// An entity that a hint names, and how near it is at least. In one word that sorts by nearness.
class Nominee {
 public:
  constexpr Nominee() noexcept = default;
  /// `nearness_sq`: at most the square of its distance in metres; not negative.
  constexpr Nominee(float nearness_sq, std::uint32_t entity) noexcept
      : bits_(std::uint64_t{std::bit_cast<std::uint32_t>(nearness_sq)} << 32 | entity) {}

  [[nodiscard]] constexpr float nearness_sq() const noexcept {
    return std::bit_cast<float>(static_cast<std::uint32_t>(bits_ >> 32));
  }
  [[nodiscard]] constexpr std::uint32_t entity() const noexcept { return static_cast<std::uint32_t>(bits_); }

  friend constexpr auto operator<=>(Nominee, Nominee) = default;

 private:
  std::uint64_t bits_ = 0;  // IEEE numbers that aren't negative are in the order of their bits
};

}  // namespace geomatch::match
