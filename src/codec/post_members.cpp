#include "post_members.hpp"

#include <limits>
#include <string>
#include <utility>

#include <geomatch/codec/rfc3339.hpp>

#include "fix_members.hpp"
#include "json_writer.hpp"
#include "time_range.hpp"
#include "values.hpp"

namespace geomatch::codec::post_members {
namespace {

// No phone's clock is right and shows a time before it. It tells seconds from milliseconds: no number is a
// time from then on in both units.
constexpr model::TimePoint earliest{std::chrono::sys_days{std::chrono::year{2000} / 1 / 1}};

// Whether `time`, which was read as milliseconds, would be in range if it had been read as seconds.
bool looks_like_seconds(model::TimePoint time) noexcept {
  const auto number = time.time_since_epoch().count();
  return number >= earliest.time_since_epoch() / std::chrono::seconds{1} &&
         number < time_range::end.time_since_epoch() / std::chrono::seconds{1};
}

}  // namespace

bool read_timestamp(JsonScanner& in, Draft& draft) {
  const bool is_text = in.peek() == '"';
  const auto time = is_text ? parse_rfc3339(in.text()) : read_epoch_time(in);
  if (!time) {
    return false;
  }
  if (*time < earliest) {
    if (is_text || !looks_like_seconds(*time)) return false;
    draft.complain({"timestamp"}, "must be epoch milliseconds; this looks like seconds: multiply it by 1000");
    return true;
  }
  auto& fix = draft.fix;
  fix.timestamp = *time - fix.received_at > draft.limits.max_clock_skew ? fix.received_at : *time;
  return true;
}

bool read_seek(JsonScanner& in, Draft& draft) {
  return read_text(in, fix_members::max_role_bytes, draft.post->seek);
}

bool read_radius(JsonScanner& in, Draft& draft) {
  if (!read_number_over_zero(in, draft.limits.max_radius_m, draft.post->radius_m)) {
    std::string detail = "must be a number of metres over 0, at most ";
    JsonWriter{detail}.value(draft.limits.max_radius_m);
    draft.complain({"radius_m"}, std::move(detail));
    return true;
  }
  draft.post->given.radius_m = true;
  return true;
}

bool read_limit(JsonScanner& in, Draft& draft) {
  draft.post->given.limit = read_integer(in, 0, Post::max_limit, draft.post->limit);
  return draft.post->given.limit;
}

bool read_max_age(JsonScanner& in, Draft& draft) {
  double seconds = 0;
  if (!read_number_over_zero(in, std::numeric_limits<double>::max(), seconds)) {
    return false;
  }
  draft.post->max_age = to_milliseconds(seconds);
  return true;
}

}  // namespace geomatch::codec::post_members
