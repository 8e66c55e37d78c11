#include "simulated_publisher.hpp"

#include <utility>

#include <geomatch/publish/resend_window.hpp>
#include <geomatch/publish/settlement.hpp>

namespace geomatch::simulation {

using publish::Outcome;
using std::chrono::microseconds;
using std::chrono::milliseconds;

bool SimulatedPublisher::publish(publish::Publication& publication) noexcept {
  if (stopped_ || pending_.size() >= world_.scenario.queue ||
      world_.random.percent(world_.scenario.queue_full)) {
    return false;
  }
  ledger_.handed(publication.record);
  const std::size_t number = next_number_++;
  pending_.emplace(number, fate(publication));
  plan(number, publication.record.key);
  return true;
}

SimulatedPublisher::Pending SimulatedPublisher::fate(publish::Publication& publication) {
  if (world_.random.percent(world_.scenario.not_published))
    return {&publication, false, Outcome::not_published};
  if (world_.random.percent(world_.scenario.unknown) && publication.record.value) {
    return {&publication, world_.random.percent(50), Outcome::unknown};
  }
  return {&publication, true, Outcome::published};
}

microseconds SimulatedPublisher::delay() {
  if (world_.random.percent(world_.scenario.late)) return milliseconds{world_.random.between(1'000, 15'000)};
  return microseconds{world_.random.between(0, world_.scenario.log_ms * 1000)};
}

// When it reaches the log, and when the report of that does; both of them in the key's order.
void SimulatedPublisher::plan(std::size_t number, const std::string& key) {
  const TimePoint now = world_.scheduler.now();
  Pending& pending = pending_.at(number);
  TimePoint logged_at = now + delay();
  TimePoint reported_at = logged_at + delay();
  if (pending.reaches_log) {
    Order& order = orders_[key];
    logged_at = order.logged_at = std::max(logged_at, order.logged_at);
    reported_at = std::max(reported_at, logged_at);
    if (pending.outcome == Outcome::published) {
      reported_at = order.reported_at = std::max(reported_at, order.reported_at);
    }
    world_.scheduler.after(std::chrono::duration_cast<microseconds>(logged_at - now),
                           [=, this] { log(number); });
  }
  world_.scheduler.after(std::chrono::duration_cast<microseconds>(reported_at - now),
                         [=, this] { come_due(number); });
}

void SimulatedPublisher::log(std::size_t number) {
  const auto found = pending_.find(number);
  if (found == pending_.end() || found->second.logged) return;
  found->second.logged = true;
  const publish::Publication& publication = *found->second.publication;
  world_.trace("log: {}", publication.record.value.value_or("tombstone of " + publication.record.key));
  ledger_.logged(publication.record, publication.uuid);
}

// Reports are met in batches, when the log's thread comes round.
void SimulatedPublisher::come_due(std::size_t number) {
  const auto found = pending_.find(number);
  if (found == pending_.end()) return;
  found->second.due = true;
  due_.push_back(number);
  if (due_.size() == 1) world_.soon(milliseconds{3}, [this] { report_due(); });
}

void SimulatedPublisher::report_due() {
  publish::Settlement settlement{resends_};
  for (const std::size_t number : std::exchange(due_, {})) {
    const auto found = pending_.find(number);
    if (found == pending_.end()) continue;
    const Pending pending = found->second;
    pending_.erase(found);
    world_.trace(
        "report: outcome {} of {}", static_cast<int>(pending.outcome),
        pending.publication->record.value.value_or("tombstone of " + pending.publication->record.key));
    ledger_.reported(pending.publication->record, pending.outcome);
    settlement.settle(*pending.publication, pending.outcome);
    if (pending.outcome == Outcome::unknown) find_out_later(pending);
  }
}

// As the reader of a topic does, or a journal's next commit.
void SimulatedPublisher::find_out_later(const Pending& pending) {
  const publish::Record& record = pending.publication->record;
  const auto find_out = [this, id = record.key, uuid = pending.publication->uuid, at = record.received_at,
                         logged = pending.logged] {
    world_.trace("found out: {} of {} is {}in the log", uuid, id, logged ? "" : "not ");
    logged ? resends_.remember(id, uuid, at) : resends_.resolve(id, uuid);
  };
  world_.scheduler.after(delay(), find_out);
}

void SimulatedPublisher::stop(milliseconds /*deadline*/) noexcept {
  stopped_ = true;
  world_.trace("publisher stops with {} pending", pending_.size());
  for (auto& [number, pending] : pending_) {
    give_up(pending);
    if (pending.reaches_log) log(number);
    if (!pending.due) due_.push_back(number);
    pending.due = true;
  }
  report_due();
}

// What isn't in the log by now may still get there, or be dropped, or nobody can say.
void SimulatedPublisher::give_up(Pending& pending) {
  if (pending.logged || !pending.reaches_log || !world_.random.percent(50)) return;
  const bool tell = !pending.publication->record.value || world_.random.percent(50);
  pending.reaches_log = !tell && world_.random.percent(50);
  pending.outcome = tell ? Outcome::not_published : Outcome::unknown;
}

}  // namespace geomatch::simulation
