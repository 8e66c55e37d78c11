#include "log_view.hpp"

#include <geomatch/codec/entity_id.hpp>
#include <geomatch/codec/record.hpp>
#include <geomatch/match/matcher.hpp>
#include <geomatch/publish/record.hpp>
#include <geomatch/publish/resend_window.hpp>

namespace geomatch::app {

void LogView::apply(const publish::Record& record) {
  applied_.fetch_add(1, std::memory_order_relaxed);
  switch (record.value ? upsert(record) : erase(record)) {
    case Effect::taken:
      return;
    case Effect::not_ours:
      not_understood_.fetch_add(1, std::memory_order_relaxed);
      return;
    case Effect::no_room:
      without_room_.fetch_add(1, std::memory_order_relaxed);
  }
}

// The key may be anything: a sentinel has none, and others may write to the topic.
LogView::Effect LogView::erase(const publish::Record& tombstone) {
  if (!codec::is_entity_id(tombstone.key)) return Effect::not_ours;
  const auto erased = [&] { return matcher_.erase(tombstone.key, tombstone.received_at); };
  return erased() || (make_room() && erased()) ? Effect::taken : Effect::no_room;
}

LogView::Effect LogView::upsert(const publish::Record& record) {
  thread_local codec::Record decoded;
  if (!codec::decode_record(*record.value, decoded) || decoded.fix.id != record.key) return Effect::not_ours;
  const model::Fix& fix = decoded.fix;
  if (fix.received_at >= remember_since_) resends_.remember(fix.id, decoded.uuid, fix.received_at);
  const auto upserted = [&] { return matcher_.upsert(fix) != match::UpsertResult::full; };
  return upserted() || (make_room() && upserted()) ? Effect::taken : Effect::no_room;
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
