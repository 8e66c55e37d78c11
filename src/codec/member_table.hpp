#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "member_rule.hpp"
#include "short_name.hpp"

namespace geomatch::codec {

/// The rules for the members of one kind of object, each found by one multiplication and one comparison of
/// its name. Made at compile time.
class MemberTable {
 public:
  static constexpr std::size_t max_rules = 32;
  static constexpr std::size_t none = max_rules;

  /// Of the rules of both; no name stands twice, and none is longer than ShortName takes.
  consteval MemberTable(std::span<const MemberRule> some, std::span<const MemberRule> others) {
    for (const auto& rule : some) add(rule);
    for (const auto& rule : others) add(rule);
    while (!place_all()) factor_ += 2;
  }

  /// The number of the rule for `name`, or `none`.
  [[nodiscard]] std::size_t find(std::string_view name) const noexcept {
    if (name.size() > ShortName::max_bytes) return none;
    const auto wanted = ShortName::of(name);
    const std::size_t number = places_[place_of(wanted)];
    return number != none && names_[number] == wanted ? number : none;
  }

  [[nodiscard]] std::span<const MemberRule> rules() const noexcept { return std::span{rules_}.first(size_); }

 private:
  static constexpr int place_bits = 7;
  static constexpr std::size_t places = std::size_t{1} << place_bits;

  consteval void add(const MemberRule& rule) {
    rules_.at(size_) = rule;
    names_.at(size_) = rule.name.size() <= ShortName::max_bytes ? ShortName::of(rule.name)
                                                                : throw "a name is too long for the table";
    ++size_;
  }

  // Gives each name a place of its own, if it has one with this factor.
  consteval bool place_all() {
    places_.fill(none);
    for (std::size_t number = 0; number < size_; ++number) {
      auto& place = places_[place_of(names_[number])];
      if (place != none) return false;
      place = static_cast<std::uint8_t>(number);
    }
    return true;
  }

  [[nodiscard]] constexpr std::size_t place_of(const ShortName& name) const noexcept {
    return (name.front ^ name.back) * factor_ >> (64 - place_bits);
  }

  std::array<MemberRule, max_rules> rules_{};
  std::array<ShortName, max_rules> names_{};
  std::array<std::uint8_t, places> places_{};
  std::uint64_t factor_ = 0x9E37'79B9'7F4A'7C15;  // the search begins with the golden ratio
  std::size_t size_ = 0;
};

}  // namespace geomatch::codec
