#include "log_view.hpp"

#include <geomatch/codec/record.hpp>
#include <geomatch/match/matcher.hpp>
#include <geomatch/publish/record.hpp>
#include <geomatch/publish/resend_window.hpp>

namespace geomatch::app {

void LogView::apply(const publish::Record& record) {
  applied_.fetch_add(1, std::memory_order_relaxed);
  if (!record.value) {
    if (!erase(record)) without_room_.fetch_add(1, std::memory_order_relaxed);
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
  if (!upsert(decoded.fix)) without_room_.fetch_add(1, std::memory_order_relaxed);
}

bool LogView::erase(const publish::Record& tombstone) {
  return matcher_.erase(tombstone.key, tombstone.received_at) ||
         (make_room() && matcher_.erase(tombstone.key, tombstone.received_at));
}

bool LogView::upsert(const model::Fix& fix) {
  using match::UpsertResult;
  return matcher_.upsert(fix) != UpsertResult::full ||
         (make_room() && matcher_.upsert(fix) != UpsertResult::full);
}

// A look at all entities has to pay: where it found little to give back, the next is after a sixteenth as
// many records.
bool LogView::make_room() {
  if (!room_as_of_) return false;
  const std::lock_guard lock{room_mutex_};
  if (room_made_at_ == 0 || applied() - room_made_at_ > matcher_.size() / 16) {
    room_made_at_ = applied();
    matcher_.expire(*room_as_of_);
  }
  return true;
}

}  // namespace geomatch::app
