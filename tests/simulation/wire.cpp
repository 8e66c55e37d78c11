#include "wire.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace geomatch::simulation {

using std::chrono::microseconds;
using std::chrono::milliseconds;

// One step of a kind is under way at a time.
void Wire::plan(bool& planned, microseconds most, void (Wire::*step)()) {
  if (planned) return;
  planned = true;
  world_.soon(most, [self = shared_from_this(), &planned, step] {
    planned = false;
    ((*self).*step)();
  });
}

std::size_t Wire::some(std::size_t all) {
  if (all == 0) return 0;
  if (world_.scenario.crumbs) return std::min<std::size_t>(all, 1 + world_.random.below(40));
  return world_.random.percent(60) ? all : 1 + world_.random.below(all);
}

void Wire::send(std::string_view bytes) {
  flying_up_.append(bytes);
  plan(carrying_up_, milliseconds{3}, &Wire::carry_up);
}

void Wire::finish_sending() {
  finished_ = true;
  plan(carrying_up_, milliseconds{3}, &Wire::carry_up);
}

void Wire::stop_reading(milliseconds time) {
  reads_from_ = std::max(reads_from_, world_.scheduler.now() + time);
}

void Wire::cut() {
  cut_ = true;
  flying_down_.clear();
  if (reading_) plan(read_planned_, milliseconds{3}, &Wire::finish_read);
  if (awaiting_room_) plan(telling_, milliseconds{3}, &Wire::tell_of_room);
  end(/*reset=*/true);
}

void Wire::vanish() {
  vanished_ = true;
  flying_up_.clear();
  end(/*reset=*/true);
}

void Wire::carry_up() {
  if (cut_ || vanished_) return;
  const std::size_t count = some(flying_up_.size());
  if (closed_ && (count != 0 || finished_)) return count != 0 ? end(/*reset=*/true) : void();
  arrived_.append(flying_up_, 0, count);
  flying_up_.erase(0, count);
  if (reading_) plan(read_planned_, microseconds{200}, &Wire::finish_read);
  if (!flying_up_.empty()) plan(carrying_up_, milliseconds{3}, &Wire::carry_up);
}

void Wire::start_read(boost::asio::mutable_buffer into, std::shared_ptr<net::ConnectionEvents> events) {
  if (reading_) world_.verdict.violated("a session reads twice at a time");
  if (closed_) world_.verdict.violated("a session reads after it closed");
  reading_ = {into, std::move(events)};
  if (!arrived_.empty() || cut_ || finished_) plan(read_planned_, microseconds{200}, &Wire::finish_read);
}

void Wire::cancel_read() {
  if (awaiting_room_) world_.verdict.violated("a session calls a wait off");
  if (!reading_) return;
  read_cancelled_ = true;
  plan(read_planned_, microseconds{200}, &Wire::finish_read);
}

// A read that is under way may have got the bytes already.
std::size_t Wire::available() const noexcept {
  return reading_ && world_.random.percent(50) ? 0 : arrived_.size();
}

void Wire::finish_read() {
  if (!reading_) return;
  const bool cancelled = std::exchange(read_cancelled_, false);
  // What had come when the session closed may still be on its way to it.
  const std::size_t count = cut_ || (closed_ && world_.random.percent(50))
                                ? 0
                                : std::min(some(arrived_.size()), reading_->into.size());
  const bool ended = finished_ && !vanished_ && flying_up_.empty() && arrived_.empty();
  if (count == 0 && !ended && !dead() && !cancelled) return;
  const Read read = *std::exchange(reading_, std::nullopt);
  if (cancelled && count == 0 && !ended && !dead()) {
    return read.events->on_read(net::ReadResult::cancelled, 0);
  }
  if (count == 0) {
    return read.events->on_read(dead() ? net::ReadResult::failed : net::ReadResult::end, 0);
  }
  std::memcpy(read.into.data(), arrived_.data(), count);
  arrived_.erase(0, count);
  delivered_ += count;
  if (!closed_) peer_.on_delivered(delivered_);
  read.events->on_read(net::ReadResult::data, count);
}

std::size_t Wire::room() const noexcept {
  return window - std::min(window, flying_down_.size());
}

// As many as there is room for, or fewer.
boost::system::result<std::size_t> Wire::take(std::string_view bytes) {
  if (awaiting_room_) world_.verdict.violated("a session sends while it waits to");
  if (closed_ || answers_finished_) world_.verdict.violated("a session sends after it closed");
  if (bytes.empty()) world_.verdict.violated("a session sends nothing");
  if (cut_) return boost::system::errc::make_error_code(boost::system::errc::connection_reset);
  const std::size_t count = std::min(some(bytes.size()), room());
  flying_down_.append(bytes.substr(0, count));
  if (!vanished_) plan(carrying_down_, milliseconds{3}, &Wire::carry_down);
  return count;
}

void Wire::await_room(std::shared_ptr<net::ConnectionEvents> events) {
  if (awaiting_room_) world_.verdict.violated("a session waits twice at a time");
  if (closed_) world_.verdict.violated("a session waits after it closed");
  awaiting_room_ = std::move(events);
  plan(telling_, milliseconds{1}, &Wire::tell_of_room);
}

void Wire::tell_of_room() {
  if (awaiting_room_ && (dead() || room() != 0)) std::exchange(awaiting_room_, nullptr)->on_writable();
}

void Wire::carry_down() {
  if (ended_) return;
  const auto now = world_.scheduler.now();
  if (now < reads_from_) {
    carrying_down_ = true;
    world_.scheduler.after(std::chrono::ceil<microseconds>(reads_from_ - now), [self = shared_from_this()] {
      self->carrying_down_ = false;
      self->carry_down();
    });
    return;
  }
  const std::size_t count = some(flying_down_.size());
  const std::string bytes = flying_down_.substr(0, count);
  flying_down_.erase(0, count);
  if (count != 0) peer_.on_bytes(bytes);
  if (awaiting_room_) plan(telling_, milliseconds{1}, &Wire::tell_of_room);
  if (!flying_down_.empty()) return plan(carrying_down_, milliseconds{3}, &Wire::carry_down);
  if (answers_finished_) end(/*reset=*/false);
}

bool Wire::finish_answers() {
  answers_finished_ = true;
  plan(carrying_down_, milliseconds{3}, &Wire::carry_down);
  return !cut_;
}

void Wire::close() {
  if (closed_) world_.verdict.violated("a session closes twice");
  closed_ = true;
  answers_finished_ = true;
  if (reading_) plan(read_planned_, microseconds{200}, &Wire::finish_read);
  if (awaiting_room_) plan(telling_, microseconds{200}, &Wire::tell_of_room);
  if (!arrived_.empty()) return end(/*reset=*/true);
  plan(carrying_down_, milliseconds{3}, &Wire::carry_down);
}

void Wire::end(bool reset) {
  if (reset) flying_down_.clear();
  if (!std::exchange(ended_, true)) peer_.on_end(reset);
}

}  // namespace geomatch::simulation
