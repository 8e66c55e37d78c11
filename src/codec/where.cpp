#include "where.hpp"

#include <string>
#include <variant>
#include <vector>

#include <geomatch/model/condition.hpp>

#include "facts.hpp"
#include "seen_names.hpp"
#include "values.hpp"

namespace geomatch::codec {
namespace {

using Values = std::vector<model::AttributeValue>;

constexpr std::string_view where = "where";
constexpr std::size_t max_values = 64;

// These read what a condition asks for. False: they complained.

bool read_values(JsonScanner& in, std::string_view name, Draft& draft, Values& values) {
  const auto complaints = draft.errors.size();
  std::size_t count = 0;
  in.begin_array();
  for (; in.next_element(); ++count) {
    if (count < max_values) {
      (void)read_fact(in, {where, name, std::to_string(count)}, draft, place(values, count));
    } else {
      in.skip();
    }
  }
  if (count > max_values) {
    draft.keep_complaints(complaints);
    draft.complain({where, name}, "must be a list of at most " + std::to_string(max_values) + " values");
  }
  values.resize(std::min(count, max_values));
  return draft.errors.size() == complaints;
}

void read_bound(JsonScanner& in, std::string_view condition, std::size_t times, model::Interval& interval,
                Draft& draft) {
  const auto name = in.name();
  if (times > 0 || (name != "min" && name != "max")) {
    draft.complain_of_repetition({where, condition, name}, times);
    return in.skip();
  }
  double bound = 0;
  if (!read_number(in, bound)) {
    draft.complain({where, condition, name}, "must be a number");
  }
  (name == "min" ? interval.min : interval.max) = bound;
}

bool read_interval(JsonScanner& in, std::string_view name, Draft& draft, model::Interval& interval) {
  interval = {};
  const auto complaints = draft.errors.size();
  SeenNames names;
  in.begin_object();
  while (in.next_member()) {
    read_bound(in, name, names.add(in.name()), interval, draft);
  }
  if (draft.errors.size() > complaints) {
    return false;
  }
  if (!interval.min && !interval.max) {
    draft.complain({where, name}, "must have a number as \"min\", as \"max\" or as both");
  } else if (interval.min && interval.max && *interval.min > *interval.max) {
    draft.complain({where, name}, "must have a \"min\" that is not over its \"max\"");
  }
  return draft.errors.size() == complaints;
}

bool read_value(JsonScanner& in, std::string_view name, Draft& draft, Values& values) {
  values.resize(1);
  return read_fact(in, {where, name}, draft, values.front());
}

bool read_requirement(JsonScanner& in, std::string_view name, Draft& draft, model::Requirement& requirement) {
  switch (in.peek()) {
    case '[':
      return read_values(in, name, draft, become<Values>(requirement));
    case '{':
      return read_interval(in, name, draft, become<model::Interval>(requirement));
    case 'n':
      in.skip();
      draft.complain({where, name},
                     "must be a value, a list of values, or an object with \"min\" and \"max\"");
      return false;
    default:
      return read_value(in, name, draft, become<Values>(requirement));
  }
}

void read_condition(JsonScanner& in, Draft& draft) {
  auto& condition = place(draft.post->where, draft.conditions);
  condition.name.assign(in.name());
  if (read_requirement(in, condition.name, draft, condition.requirement)) {
    ++draft.conditions;
  }
}

}  // namespace

bool read_where(JsonScanner& in, Draft& draft) {
  return read_facts(in, where, draft, read_condition);
}

}  // namespace geomatch::codec
