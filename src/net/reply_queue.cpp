#include "reply_queue.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace geomatch::net {

std::uint64_t ReplyQueue::expect(TimePoint arrived_at, const ReplyFrame& frame) {
  assert(!closes_ && (slots_.empty() || !slots_.back().frame.close));
  if (slots_.full()) slots_.set_capacity(std::max<std::size_t>(1, 2 * slots_.size()));
  slots_.push_back({.arrived_at = arrived_at, .frame = frame, .answered = false, .bytes = {}});
  ++unanswered_;
  return first_sequence_ + slots_.size() - 1;
}

bool ReplyQueue::answer(std::uint64_t sequence, const http::Reply& reply, std::string_view date) {
  if (sequence < first_sequence_ || sequence - first_sequence_ >= slots_.size()) return false;
  Slot& slot = slots_[sequence - first_sequence_];
  if (slot.answered) return false;
  slot.answered = true;
  --unanswered_;
  std::string& to = sequence == first_sequence_ ? ready_ : slot.bytes;
  if (to.empty()) to = buffers_.take();
  append_reply(to, reply, slot.frame, date);
  append_turns();
  return true;
}

void ReplyQueue::append_turns() {
  while (!slots_.empty() && slots_.front().answered) {
    Slot& slot = slots_.front();
    if (!slot.bytes.empty()) {
      ready_.append(slot.bytes);
      buffers_.give_back(std::move(slot.bytes));
    }
    closes_ = slot.frame.close;
    slots_.pop_front();
    ++first_sequence_;
  }
  assert(!closes_ || slots_.empty());
}

void ReplyQueue::add_interim(std::string_view bytes) {
  assert(empty());
  if (ready_.empty()) ready_ = buffers_.take();
  ready_.append(bytes);
}

void ReplyQueue::note_sent(std::size_t bytes) {
  if (bytes == ready_.size()) return buffers_.give_back(std::move(ready_));
  ready_.erase(0, bytes);
}

void ReplyQueue::close_after_last() noexcept {
  if (!slots_.empty()) slots_.back().frame.close = true;
}

}  // namespace geomatch::net
