#pragma once

#include <bit>
#include <cstdint>
#include <limits>

namespace geomatch::match {

/// An entity that a hint names, and how near it is at least. In one number that sorts by nearness; a signed
/// one, for that is what vectors compare.
class Nominee {
 public:
  Nominee() noexcept = default;
  /// `nearness_sq`: at most the square of its distance in metres; not negative.
  Nominee(float nearness_sq, std::uint32_t entity) noexcept
      : key_(static_cast<std::int64_t>(std::uint64_t{std::bit_cast<std::uint32_t>(nearness_sq)} << 32 |
                                       entity)) {}
  explicit Nominee(std::int64_t key) noexcept : key_(key) {}

  /// Beyond all others.
  static constexpr std::int64_t no_key = std::numeric_limits<std::int64_t>::max();

  [[nodiscard]] std::int64_t key() const noexcept { return key_; }
  [[nodiscard]] float nearness_sq() const noexcept {
    return std::bit_cast<float>(static_cast<std::uint32_t>(key_ >> 32));
  }
  [[nodiscard]] std::uint32_t entity() const noexcept { return static_cast<std::uint32_t>(key_); }

 private:
  std::int64_t key_;  // IEEE numbers that aren't negative are in the order of their bits
};

}  // namespace geomatch::match
