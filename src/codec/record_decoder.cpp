#include <utility>
#include <variant>

#include <geomatch/codec/record.hpp>

#include "json_reader.hpp"
#include "members.hpp"
#include "plain_members.hpp"

namespace geomatch::codec {
namespace {

bool opens_in_record(std::string_view name) noexcept {
  return name == "attributes";
}

void finish(Draft&& draft, Record& record) {
  draft.settle_position();
  record = {std::move(draft.post.fix), std::move(draft.post.uuid)};
}

// Any JSON, however it is written.
bool decode_by_tree(std::string_view value, Record& record) {
  auto json = read_json(value, opens_in_record);
  auto* root = std::get_if<JsonValue>(&json);
  auto* object = root != nullptr ? std::get_if<JsonValue::Object>(&root->content) : nullptr;
  if (object == nullptr) {
    return false;
  }
  Draft draft{.from_log = true};
  read_members(*object, {fix_members(), record_members()}, draft);
  if (!draft.errors.empty()) {
    return false;
  }
  finish(std::move(draft), record);
  return true;
}

}  // namespace

bool decode_record(std::string_view value, Record& record) {
  Draft draft{.from_log = true};
  if (read_plain_members(value, {fix_members(), record_members()}, draft)) {
    finish(std::move(draft), record);
    return true;
  }
  return decode_by_tree(value, record);
}

}  // namespace geomatch::codec
