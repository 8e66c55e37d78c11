#include <array>
#include <limits>
#include <utility>
#include <variant>

#include <geomatch/codec/json_writer.hpp>
#include <geomatch/codec/rfc3339.hpp>

#include "members.hpp"
#include "values.hpp"
#include "where.hpp"

namespace geomatch::codec {
namespace {

std::optional<model::TimePoint> as_time(const JsonValue& value) noexcept {
  const auto* text = std::get_if<std::string>(&value.content);
  return text != nullptr ? parse_rfc3339(*text) : as_epoch_time(value);
}

bool read_timestamp(JsonValue& value, Draft& draft) {
  const auto time = as_time(value);
  if (!time) {
    return false;
  }
  auto& fix = draft.post.fix;
  fix.timestamp = *time - fix.received_at > draft.limits.max_clock_skew ? fix.received_at : *time;
  return true;
}

bool read_seek(JsonValue& value, Draft& draft) {
  return take_text_into(draft.post.seek, value, max_role_bytes);
}

bool read_radius(JsonValue& value, Draft& draft) {
  const auto radius = as_number_over_zero(value, draft.limits.max_radius_m);
  if (!radius) {
    std::string detail = "must be a number of metres over 0, at most ";
    JsonWriter{detail}.value(draft.limits.max_radius_m);
    draft.complain({"radius_m"}, std::move(detail));
    return true;
  }
  draft.post.radius_m = *radius;
  draft.post.given.radius_m = true;
  return true;
}

bool read_limit(JsonValue& value, Draft& draft) {
  const auto limit = as_integer(value, 0, Post::max_limit);
  if (!limit) {
    return false;
  }
  draft.post.limit = *limit;
  draft.post.given.limit = true;
  return true;
}

bool read_max_age(JsonValue& value, Draft& draft) {
  const auto seconds = as_number_over_zero(value, std::numeric_limits<double>::max());
  if (!seconds) {
    return false;
  }
  draft.post.max_age = to_milliseconds(*seconds);
  return true;
}

constexpr std::array post_rules{
    MemberRule{"timestamp", "RFC 3339 text or milliseconds since 1970, in the years 0001 to 9999",
               read_timestamp},
    MemberRule{"seek", "a string of up to 32 bytes", read_seek},
    MemberRule{"radius_m", "a number of metres over 0", read_radius},
    MemberRule{"limit", "an integer from 0 to 100", read_limit},
    MemberRule{"max_age_s", "a number of seconds over 0", read_max_age},
    MemberRule{"where", "an object of up to 16 conditions", read_where},
};

}  // namespace

MemberRules post_members() noexcept {
  return post_rules;
}

}  // namespace geomatch::codec
