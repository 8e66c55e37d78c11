#include "log_view.hpp"

#include <geomatch/codec/record.hpp>
#include <geomatch/match/matcher.hpp>
#include <geomatch/publish/record.hpp>
#include <geomatch/publish/resend_window.hpp>

namespace geomatch::app {

void LogView::apply(const publish::Record& record) {
  applied_.fetch_add(1, std::memory_order_relaxed);
  if (!record.value) {
    if (!matcher_.erase(record.key, record.received_at))
      without_room_.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  thread_local codec::Record decoded;
  if (!codec::decode_record(*record.value, decoded) || decoded.fix.id != record.key) {
    not_understood_.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  if (decoded.fix.received_at >= remember_since_) {
    resends_.remember(decoded.fix.id, decoded.uuid, decoded.fix.received_at);
  }
  if (matcher_.upsert(decoded.fix) == match::UpsertResult::full) {
    without_room_.fetch_add(1, std::memory_order_relaxed);
  }
}

}  // namespace geomatch::app
