#include "record_members.hpp"

#include "values.hpp"

namespace geomatch::codec::record_members {
namespace {

bool read_time(JsonScanner& in, model::TimePoint& time) {
  const auto read = read_epoch_time(in);
  time = read.value_or(time);
  return read.has_value();
}

}  // namespace

bool read_timestamp(JsonScanner& in, Draft& draft) {
  return read_time(in, draft.fix.timestamp);
}

bool read_received_at(JsonScanner& in, Draft& draft) {
  return read_time(in, draft.fix.received_at);
}

}  // namespace geomatch::codec::record_members
