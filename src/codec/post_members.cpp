#include "post_members.hpp"

#include <limits>
#include <string>
#include <utility>

#include <geomatch/codec/rfc3339.hpp>

#include "fix_members.hpp"
#include "json_writer.hpp"
#include "values.hpp"

namespace geomatch::codec::post_members {
namespace {

std::optional<model::TimePoint> read_time(JsonScanner& in) {
  return in.peek() == '"' ? parse_rfc3339(in.text()) : read_epoch_time(in);
}

}  // namespace

bool read_timestamp(JsonScanner& in, Draft& draft) {
  const auto time = read_time(in);
  if (!time) {
    return false;
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
