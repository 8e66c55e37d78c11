#include "reply_queue.hpp"

#include <algorithm>
#include <cassert>

namespace geomatch::net {

std::uint64_t ReplyQueue::expect(TimePoint arrived_at, const ReplyFrame& frame) {
  assert(slots_.empty() || !slots_.back().frame.close);
  slots_.push_back({.arrived_at = arrived_at, .frame = frame, .answered = false, .bytes = {}});
  ++unanswered_;
  return first_sequence_ + slots_.size() - 1;
}

bool ReplyQueue::answer(std::uint64_t sequence, const http::Reply& reply, std::string_view date) {
  if (sequence < first_sequence_ || sequence - first_sequence_ >= slots_.size()) return false;
  Slot& slot = slots_[sequence - first_sequence_];
  if (slot.answered) return false;
  slot.frame.date = date;
  append_reply(slot.bytes, reply, slot.frame);
  slot.answered = true;
  --unanswered_;
  return true;
}

bool ReplyQueue::take_ready(std::string& out) {
  bool close = false;
  while (!slots_.empty() && slots_.front().answered) {
    close = slots_.front().frame.close;
    out.append(slots_.front().bytes);
    slots_.pop_front();
    ++first_sequence_;
  }
  assert(!close || slots_.empty());
  return close;
}

void ReplyQueue::close_after_last() noexcept {
  if (!slots_.empty()) slots_.back().frame.close = true;
}

std::optional<std::uint64_t> ReplyQueue::overdue(TimePoint before) const noexcept {
  const auto slot = std::ranges::find_if(slots_, [](const Slot& candidate) { return !candidate.answered; });
  if (slot == slots_.end() || slot->arrived_at > before) return std::nullopt;
  return first_sequence_ + static_cast<std::uint64_t>(slot - slots_.begin());
}

}  // namespace geomatch::net
