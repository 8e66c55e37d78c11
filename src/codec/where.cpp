#include "where.hpp"

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <geomatch/model/condition.hpp>

#include "facts.hpp"
#include "values.hpp"

namespace geomatch::codec {
namespace {

using model::Requirement;

constexpr std::string_view where = "where";
constexpr std::size_t max_values = 64;

std::optional<Requirement> take_values(JsonValue::Array& list, std::string_view name, Draft& draft) {
  if (list.size() > max_values) {
    draft.complain({where, name}, "must be a list of at most " + std::to_string(max_values) + " values");
    return std::nullopt;
  }
  std::vector<model::AttributeValue> values;
  values.reserve(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (auto fact = take_fact(list[i], {where, name, std::to_string(i)}, draft)) {
      values.push_back(std::move(*fact));
    }
  }
  return values;
}

void read_bound(const JsonValue::Member& member, std::string_view condition, model::Interval& interval,
                Draft& draft) {
  if (member.occurrence > 0) {
    draft.complain_of_repetition({where, condition, member.name}, member.occurrence);
    return;
  }
  if (member.name != "min" && member.name != "max") {
    return;
  }
  const auto bound = as_number(member.value);
  if (!bound) {
    draft.complain({where, condition, member.name}, "must be a number");
  }
  (member.name == "min" ? interval.min : interval.max) = bound;
}

std::optional<Requirement> take_interval(const JsonValue::Object& object, std::string_view name,
                                         Draft& draft) {
  model::Interval interval;
  const auto errors_before = draft.errors.size();
  for (const auto& member : object) {
    read_bound(member, name, interval, draft);
  }
  if (draft.errors.size() > errors_before) {
    return std::nullopt;
  }
  if (!interval.min && !interval.max) {
    draft.complain({where, name}, "must have a number as \"min\", as \"max\" or as both");
  } else if (interval.min && interval.max && *interval.min > *interval.max) {
    draft.complain({where, name}, "must have a \"min\" that is not over its \"max\"");
  }
  return interval;
}

std::optional<Requirement> take_requirement(JsonValue& value, std::string_view name, Draft& draft) {
  if (auto* list = std::get_if<JsonValue::Array>(&value.content)) {
    return take_values(*list, name, draft);
  }
  if (const auto* object = std::get_if<JsonValue::Object>(&value.content)) {
    return take_interval(*object, name, draft);
  }
  if (std::holds_alternative<JsonValue::Null>(value.content)) {
    draft.complain({where, name}, "must be a value, a list of values, or an object with \"min\" and \"max\"");
    return std::nullopt;
  }
  auto fact = take_fact(value, {where, name}, draft);
  if (!fact) {
    return std::nullopt;
  }
  std::vector<model::AttributeValue> values;
  values.push_back(std::move(*fact));
  return values;
}

}  // namespace

bool read_where(JsonValue& value, Draft& draft) {
  auto* object = std::get_if<JsonValue::Object>(&value.content);
  if (object == nullptr || object->size() > max_facts) {
    return false;
  }
  for (auto& member : *object) {
    if (!has_usable_name(where, member, draft)) {
      continue;
    }
    if (auto requirement = take_requirement(member.value, member.name, draft)) {
      draft.post.where.push_back({std::move(member.name), std::move(*requirement)});
    }
  }
  return true;
}

}  // namespace geomatch::codec
