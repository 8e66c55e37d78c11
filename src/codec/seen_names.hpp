#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string_view>

namespace geomatch::codec {

/// Counts how often names were met. The views have to outlive it.
class SeenNames {
 public:
  SeenNames() noexcept {}  // NOLINT(*-member-init): `few_` stays as it is, as most objects never use it

  /// How often `name` was met before. No quadratic time however many there are.
  std::size_t add(std::string_view name) {
    for (std::size_t i = 0; i < count_; ++i) {
      if (few_[i].name() == name) return few_[i].times++;
    }
    if (count_ < few_.size()) {
      few_[count_++] = {.text = name.data(), .bytes = name.size(), .times = 1};
      return 0;
    }
    if (!many_) many_.emplace();
    return (*many_)[name]++;
  }

 private:
  struct Seen {
    const char* text;
    std::size_t bytes;
    std::size_t times;

    [[nodiscard]] std::string_view name() const noexcept { return {text, bytes}; }
  };

  std::array<Seen, 16> few_;
  std::size_t count_ = 0;  // of `few_` that are there
  std::optional<std::map<std::string_view, std::size_t>> many_;
};

}  // namespace geomatch::codec
