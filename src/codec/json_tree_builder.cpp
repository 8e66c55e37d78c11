#include "json_tree_builder.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace geomatch::codec {
namespace {

using Member = JsonValue::Member;

constexpr std::size_t usual_members = 16;  // a body that gives nearly everything

// By size first: names mostly differ there already. Equal ones stay in the order of the text.
bool before(const Member* a, const Member* b) noexcept {
  if (a->name.size() != b->name.size()) {
    return a->name.size() < b->name.size();
  }
  const int order = a->name.compare(b->name);
  return order != 0 ? order < 0 : a < b;
}

// By sorting, so that a body of thousands of names takes no quadratic time.
void count_occurrences(JsonValue::Object& object) {
  std::vector<Member*> members;
  members.reserve(object.size());
  for (auto& member : object) {
    members.push_back(&member);
  }
  std::ranges::sort(members, before);
  for (std::size_t i = 1; i < members.size(); ++i) {
    if (members[i]->name == members[i - 1]->name) {
      members[i]->occurrence = members[i - 1]->occurrence + 1;
    }
  }
}

}  // namespace

void JsonTreeBuilder::key(std::string&& name) {
  if (skipped_depth_ == 0) {
    std::get<JsonValue::Object>(open_[depth_ - 1]->content).push_back({.name = std::move(name)});
  }
}

void JsonTreeBuilder::scalar(JsonValue&& value) {
  if (skipped_depth_ == 0) {
    next_place() = std::move(value);
  }
}

void JsonTreeBuilder::begin_object() {
  JsonValue::Object members;
  if (depth_ == 0) {
    members.reserve(usual_members);
  }
  begin({std::move(members)});
}

void JsonTreeBuilder::begin_array() {
  begin({JsonValue::Array{}});
}

void JsonTreeBuilder::end_object() {
  if (skipped_depth_ == 0) {
    count_occurrences(std::get<JsonValue::Object>(open_[depth_ - 1]->content));
  }
  end();
}

void JsonTreeBuilder::end_array() {
  end();
}

void JsonTreeBuilder::begin(JsonValue&& container) {
  if (skipped_depth_ > 0) {
    ++skipped_depth_;
    return;
  }
  const bool opens = looks_into(container);
  JsonValue& place = next_place();
  place = std::move(container);
  if (opens) {
    open_[depth_++] = &place;
  } else {
    skipped_depth_ = 1;
  }
}

void JsonTreeBuilder::end() {
  if (skipped_depth_ > 0) {
    --skipped_depth_;
  } else {
    --depth_;
  }
}

bool JsonTreeBuilder::looks_into(const JsonValue& next) const {
  switch (depth_) {
    case 0:
      return std::holds_alternative<JsonValue::Object>(next.content);  // another root is refused as it is
    case 1:
      return opens_(std::get<JsonValue::Object>(open_[0]->content).back().name);
    default:
      return depth_ < max_depth;
  }
}

JsonValue& JsonTreeBuilder::next_place() {
  if (depth_ == 0) {
    return root_;
  }
  auto& container = open_[depth_ - 1]->content;
  if (auto* object = std::get_if<JsonValue::Object>(&container)) {
    return object->back().value;
  }
  return std::get<JsonValue::Array>(container).emplace_back();
}

}  // namespace geomatch::codec
