#include <string>
#include <utility>

#include <geomatch/codec/post_decoder.hpp>

#include "json_reader.hpp"
#include "members.hpp"

namespace geomatch::codec {
namespace {

bool opens_in_post(std::string_view name) noexcept {
  return name == "attributes" || name == "where";
}

DecodeError not_json(const JsonSyntaxError& error, std::size_t body_size) {
  const auto at = " at byte " + std::to_string(error.offset);
  std::string detail = "The body is not JSON: it stops being so" + at + ".";
  if (body_size == 0) {
    detail = "The body is not JSON: it is empty.";
  } else if (error.out_of_range) {
    detail = "The body has a number out of range" + at + ".";
  } else if (error.offset >= body_size) {
    detail = "The body is not JSON: it ends too early" + at + ".";
  }
  return {DecodeError::Kind::not_json, std::move(detail), {}};
}

DecodeError not_a_location(std::vector<MemberError> members) {
  return {DecodeError::Kind::not_a_location, "The body is JSON, but not a location: see the errors.",
          std::move(members)};
}

Draft draft_of(model::TimePoint received_at, const DecodeLimits& limits) {
  Draft draft{.limits = limits};
  draft.post.fix.received_at = received_at;
  draft.post.fix.timestamp = received_at;
  return draft;
}

}  // namespace

std::optional<DecodeError> decode_post(std::string_view body, model::TimePoint received_at,
                                       const DecodeLimits& limits, Post& post) {
  auto json = read_json(body, opens_in_post);
  if (const auto* error = std::get_if<JsonSyntaxError>(&json)) {
    return not_json(*error, body.size());
  }
  auto* object = std::get_if<JsonValue::Object>(&std::get<JsonValue>(json).content);
  if (object == nullptr) {
    return not_a_location({{"", "must be an object"}});
  }
  auto draft = draft_of(received_at, limits);
  read_members(*object, {fix_members(), post_members()}, draft);
  if (!draft.errors.empty()) {
    return not_a_location(std::move(draft.errors));
  }
  draft.settle_position();
  post = std::move(draft.post);
  return std::nullopt;
}

}  // namespace geomatch::codec
