#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace geomatch::model {

/// A fact's value. Numbers are IEEE doubles, as in JSON: 4 and 4.0 are one value.
using AttributeValue = std::variant<bool, double, std::string>;

/// A fact's value, its text being somewhere else's.
using AttributeValueView = std::variant<bool, double, std::string_view>;

/// A fact about an entity: `"seats": 4`.
struct Attribute {
  std::string name;
  AttributeValue value;

  friend bool operator==(const Attribute&, const Attribute&) = default;
};

/// An entity's facts in the order they were given; no name stands twice.
using Attributes = std::vector<Attribute>;

}  // namespace geomatch::model
