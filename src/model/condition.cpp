#include <algorithm>

#include <geomatch/model/condition.hpp>

namespace geomatch::model {
namespace {

AttributeValueView view_of(const AttributeValue& value) noexcept {
  return std::visit([](const auto& held) -> AttributeValueView { return held; }, value);
}

bool within(const AttributeValueView& value, const Interval& interval) noexcept {
  const auto* number = std::get_if<double>(&value);
  return number != nullptr && (!interval.min || *number >= *interval.min) &&
         (!interval.max || *number <= *interval.max);
}

}  // namespace

bool meets(const AttributeValueView& value, const Requirement& requirement) noexcept {
  if (const auto* interval = std::get_if<Interval>(&requirement)) return within(value, *interval);
  const auto& values = *std::get_if<std::vector<AttributeValue>>(&requirement);
  return std::ranges::find(values, value, view_of) != values.end();
}

bool satisfies(const Attributes& attributes, const Where& where) noexcept {
  return std::ranges::all_of(where, [&](const Condition& condition) {
    const auto attribute = std::ranges::find(attributes, condition.name, &Attribute::name);
    return attribute != attributes.end() && meets(view_of(attribute->value), condition.requirement);
  });
}

}  // namespace geomatch::model
