#pragma once

#include <string>
#include <variant>
#include <vector>

#include <geomatch/model/attribute.hpp>
#include <geomatch/model/interval.hpp>

namespace geomatch::model {

/// What an attribute of a match must be: one of these values, or a number in this interval.
/// An empty list can't be met.
using Requirement = std::variant<std::vector<AttributeValue>, Interval>;

/// A requirement on the attribute called `name`. An entity without that attribute doesn't meet it.
struct Condition {
  std::string name;
  Requirement requirement;

  friend bool operator==(const Condition&, const Condition&) = default;
};

/// The `where` of a request: all of these. Empty: anything.
using Where = std::vector<Condition>;

/// Whether `value` is what `requirement` asks for.
[[nodiscard]] bool meets(const AttributeValueView& value, const Requirement& requirement) noexcept;

/// Whether `attributes` meet every condition of `where`.
[[nodiscard]] bool satisfies(const Attributes& attributes, const Where& where) noexcept;

}  // namespace geomatch::model
