#include "plain_members.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace geomatch::codec {
namespace {

constexpr std::size_t max_members = 32;
constexpr std::size_t exact_digits = 15;  // as many decimal digits of an integer fit into a double

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

bool is_plain(char c) noexcept {
  return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

// Takes plain JSON apart from its beginning. Nothing and false stand for whatever isn't plain.
class Scanner {
 public:
  explicit Scanner(std::string_view text) noexcept : at_(text.data()), end_(text.data() + text.size()) {}

  [[nodiscard]] bool at_end() const noexcept { return at_ == end_; }
  [[nodiscard]] char peek() const noexcept { return at_ == end_ ? '\0' : *at_; }

  bool skip(std::string_view expected) noexcept {
    if (!std::string_view{at_, end_}.starts_with(expected)) return false;
    at_ += expected.size();
    return true;
  }

  std::optional<std::string_view> text() noexcept {
    if (!skip("\"")) return std::nullopt;
    const char* begin = at_;
    at_ = std::find_if_not(begin, end_, is_plain);
    const std::string_view found{begin, at_};
    return skip("\"") ? std::optional{found} : std::nullopt;
  }

  std::optional<JsonNumber> number() noexcept {
    const char* begin = at_;
    skip("-");
    const std::size_t digits = whole();
    if (digits == 0) return std::nullopt;
    bool integer = true;
    if (skip(".")) {
      integer = false;
      if (skip_digits() == 0) return std::nullopt;
    }
    if (peek() == 'e' || peek() == 'E' || (integer && digits > exact_digits)) return std::nullopt;
    double value = 0;
    if (std::from_chars(begin, at_, value).ec != std::errc{}) return std::nullopt;
    if (value == 0 && *begin == '-') return std::nullopt;  // a zero has no sign in the tree
    return JsonNumber{.value = value, .exact = true};
  }

  std::optional<JsonValue> scalar() {
    switch (peek()) {
      case '"': {
        const auto found = text();
        return found ? std::optional{JsonValue{std::string{*found}}} : std::nullopt;
      }
      case 't':
        return skip("true") ? std::optional{JsonValue{true}} : std::nullopt;
      case 'f':
        return skip("false") ? std::optional{JsonValue{false}} : std::nullopt;
      case 'n':
        return skip("null") ? std::optional{JsonValue{JsonValue::Null{}}} : std::nullopt;
      default: {
        const auto found = number();
        return found ? std::optional{JsonValue{*found}} : std::nullopt;
      }
    }
  }

  // Gives each member's name and leaves its value to `read`.
  template <typename Read>
  bool object(const Read& read) {
    if (!skip("{")) return false;
    if (skip("}")) return true;
    do {
      const auto name = text();
      if (!name || !skip(":") || !read(*name)) return false;
    } while (skip(","));
    return skip("}");
  }

  // An object of scalars, as a tree.
  std::optional<JsonValue> flat_object() {
    JsonValue::Object made;
    const bool plain = object([&](std::string_view name) {
      auto value = scalar();
      if (!value || std::ranges::find(made, name, &JsonValue::Member::name) != made.end()) return false;
      made.push_back({.name = std::string{name}, .value = std::move(*value)});
      return true;
    });
    return plain ? std::optional{JsonValue{std::move(made)}} : std::nullopt;
  }

 private:
  std::size_t skip_digits() noexcept {
    const char* begin = at_;
    at_ = std::find_if_not(begin, end_, is_digit);
    return static_cast<std::size_t>(at_ - begin);
  }

  std::size_t whole() noexcept {
    if (skip("0")) return is_digit(peek()) ? 0 : 1;  // no number begins with two of them
    return skip_digits();
  }

  const char* at_;
  const char* end_;
};

// The members that were met.
class Names {
 public:
  // False if it was there before, or there are too many.
  bool add(std::string_view name) noexcept {
    if (count_ == names_.size() || has(name)) return false;
    names_[count_++] = name;
    return true;
  }
  [[nodiscard]] bool has(std::string_view name) const noexcept {
    return std::find(names_.begin(), names_.begin() + static_cast<std::ptrdiff_t>(count_), name) !=
           names_.begin() + static_cast<std::ptrdiff_t>(count_);
  }

 private:
  std::array<std::string_view, max_members> names_{};
  std::size_t count_ = 0;
};

bool has_all_required(std::initializer_list<MemberRules> tables, const Names& names) noexcept {
  return std::ranges::all_of(tables, [&](MemberRules table) {
    return std::ranges::all_of(
        table, [&](const MemberRule& rule) { return !rule.required || names.has(rule.name); });
  });
}

}  // namespace

bool read_plain_members(std::string_view text, std::initializer_list<MemberRules> tables, Draft& draft) {
  Scanner scanner{text};
  Names names;
  const bool plain = scanner.object([&](std::string_view name) {
    if (!names.add(name)) return false;
    auto value = scanner.peek() == '{' ? scanner.flat_object() : scanner.scalar();
    if (!value) return false;
    const MemberRule* rule = find_rule(tables, name);
    return rule == nullptr || rule->read(*value, draft);
  });
  return plain && scanner.at_end() && draft.errors.empty() && has_all_required(tables, names);
}

}  // namespace geomatch::codec
