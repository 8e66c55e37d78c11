#include <string>
#include <utility>

#include <geomatch/codec/post_decoder.hpp>

#include "fix_members.hpp"
#include "json_syntax_error.hpp"
#include "members.hpp"
#include "post_members.hpp"

namespace geomatch::codec {
namespace {

constexpr MemberTable members_of_post{fix_members::rules, post_members::rules};

// The scanner knows that the body is not JSON; where exactly, the parser says that has known it for longer.
DecodeError not_json(std::string_view body, const JsonScanner& in) {
  const auto error = find_syntax_error(body).value_or(JsonSyntaxError{.offset = in.taken()});
  const auto at = " at byte " + std::to_string(error.offset);
  std::string detail = "The body is not JSON: it stops being so" + at + ".";
  if (body.empty()) {
    detail = "The body is not JSON: it is empty.";
  } else if (error.out_of_range) {
    detail = "The body has a number out of range" + at + ".";
  } else if (error.offset >= body.size()) {
    detail = "The body is not JSON: it ends too early" + at + ".";
  }
  return {DecodeError::Kind::not_json, std::move(detail), {}};
}

DecodeError not_a_location(std::vector<MemberError> members) {
  return {DecodeError::Kind::not_a_location, "The body is JSON, but not a location: see the errors.",
          std::move(members)};
}

}  // namespace

std::optional<DecodeError> decode_post(std::string_view body, model::TimePoint received_at,
                                       const DecodeLimits& limits, Post& post) {
  Draft draft{.fix = post.fix, .uuid = post.uuid, .post = &post, .limits = limits};
  draft.begin(received_at);
  JsonScanner in{body};
  if (!read_members(in, members_of_post, draft)) {
    return not_json(body, in);
  }
  if (!draft.errors.empty()) {
    return not_a_location(std::move(draft.errors));
  }
  draft.finish();
  return std::nullopt;
}

}  // namespace geomatch::codec
