#include <array>

#include "members.hpp"
#include "values.hpp"

namespace geomatch::codec {
namespace {

bool read_time(const JsonValue& value, model::TimePoint& time) noexcept {
  const auto read = as_epoch_time(value);
  time = read.value_or(time);
  return read.has_value();
}

bool read_logged_timestamp(JsonValue& value, Draft& draft) {
  return read_time(value, draft.post.fix.timestamp);
}

bool read_received_at(JsonValue& value, Draft& draft) {
  return read_time(value, draft.post.fix.received_at);
}

constexpr std::array record_rules{
    MemberRule{"timestamp", "milliseconds since 1970", read_logged_timestamp, true},
    MemberRule{"received_at", "milliseconds since 1970", read_received_at, true},
};

}  // namespace

MemberRules record_members() noexcept {
  return record_rules;
}

}  // namespace geomatch::codec
