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

std::optional<Record> finish(Draft&& draft) {
  draft.settle_position();
  return Record{std::move(draft.post.fix), std::move(draft.post.uuid)};
}

// Any JSON, however it is written.
std::optional<Record> decode_by_tree(std::string_view value) {
  auto json = read_json(value, opens_in_record);
  auto* root = std::get_if<JsonValue>(&json);
  auto* object = root != nullptr ? std::get_if<JsonValue::Object>(&root->content) : nullptr;
  if (object == nullptr) {
    return std::nullopt;
  }
  Draft draft{.from_log = true};
  read_members(*object, {fix_members(), record_members()}, draft);
  return draft.errors.empty() ? finish(std::move(draft)) : std::nullopt;
}

}  // namespace

std::optional<Record> decode_record(std::string_view value) {
  Draft draft{.from_log = true};
  if (read_plain_members(value, {fix_members(), record_members()}, draft)) {
    return finish(std::move(draft));
  }
  return decode_by_tree(value);
}

}  // namespace geomatch::codec
