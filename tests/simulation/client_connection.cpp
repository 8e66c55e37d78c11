#include "client_connection.hpp"

#include <utility>

namespace geomatch::simulation {

using Kind = Asked::Kind;

ClientConnection::ClientConnection(World& world, Ledger& ledger, Tally& tally, std::size_t number)
    : world_(world),
      ledger_(ledger),
      tally_(tally),
      number_(number),
      wire_(std::make_shared<Wire>(world, *this)) {}

void ClientConnection::send(Asked asked) {
  sent_bytes_ += asked.bytes.size();
  asked.ends_at = sent_bytes_;
  if (asked.is_last) open_ = false;
  world_.trace("connection {} asks #{}: {}", number_, asked_.size(), asked.bytes);
  ++tally_.requests;
  asked_.push_back(std::move(asked));
  wire_->send(asked_.back().bytes);
}

void ClientConnection::finish_sending() {
  open_ = false;
  world_.trace("connection {} is half-closed", number_);
  wire_->finish_sending();
}

void ClientConnection::stop_reading(std::chrono::milliseconds time) {
  world_.trace("connection {} isn't read from for {} ms", number_, time.count());
  stopped_reading_ += time;
  wire_->stop_reading(time);
}

void ClientConnection::cut() {
  world_.trace("connection {} is cut", number_);
  given_up_ = true;
  ++tally_.cuts;
  wire_->cut();
}

void ClientConnection::vanish() {
  world_.trace("connection {} vanishes", number_);
  given_up_ = true;
  ++tally_.cuts;
  wire_->vanish();
}

void ClientConnection::on_delivered(std::size_t bytes) {
  for (; whole_ < asked_.size() && asked_[whole_].ends_at <= bytes; ++whole_) {
    Asked& asked = asked_[whole_];
    if (asked.kind == Kind::incomplete) return;
    asked.arrived_at = world_.scheduler.now();
    if (asked.attempt != Ledger::none) ledger_.attempt(asked.attempt).whole = true;
  }
}

void ClientConnection::on_bytes(std::string_view bytes) {
  world_.trace.mix(bytes);
  reader_.feed(bytes);
  for (;;) {
    const bool head = answered_ < asked_.size() && asked_[answered_].kind == Kind::head;
    const auto answer = reader_.next(head);
    if (!answer || !world_.verdict.good()) return;
    take(*answer);
  }
}

void ClientConnection::on_end(bool reset) {
  world_.trace("connection {} ends{}", number_, reset ? ", reset" : "");
  ended_ = true;
  reset_ = reset;
  ended_at_ = world_.scheduler.now();
  if (!reset && !world_.random.percent(world_.scenario.never_close)) wire_->finish_sending();
  if (given_up_) tally_.owed += whole_ - std::min(whole_, answered_);
}

void ClientConnection::take(const AnswerReader::Answer& answer) {
  world_.trace("connection {} has answer #{}: {}{} {}", number_, answered_, answer.status,
               answer.closes ? " (closes)" : "", answer.body);
  if (answer.status == 503 && answer.body.find("--max-connections") != std::string::npos) {
    refused_ = true;
    ++tally_.refused_connections;
    return;
  }
  if (closed_ || refused_ || answered_ == asked_.size()) {
    return world_.verdict.violated(fmt::format("guarantee 3: connection {} has an answer to nothing: {} {}",
                                               number_, answer.status, answer.body));
  }
  closed_ = answer.closes;
  const Asked& asked = asked_[answered_++];
  judge(asked, answer);
}

void ClientConnection::judge(const Asked& asked, const AnswerReader::Answer& answer) {
  if (answer.status == 503) ++tally_.unavailable;
  judge_punctuality(asked, answer);
  switch (asked.kind) {
    case Kind::post:
    case Kind::removal:
      return judge_post(asked, answer);
    case Kind::entity:
    case Kind::head:
      return judge_entity(asked, answer);
    case Kind::nearby:
      if (answer.status != 200 && answer.status != 503) violated("an answer of no sense", asked, answer);
      return judge_shown(asked, answer);
    case Kind::wrong:
      ++tally_.refused;
      if (answer.status == 503) return;
      [[fallthrough]];
    case Kind::malformed:
    case Kind::too_large:
    case Kind::incomplete:
      if (answer.status != asked.refusal) violated("guarantee 3: another request's answer", asked, answer);
  }
}

// Only where nothing but the log can keep an answer waiting.
void ClientConnection::judge_punctuality(const Asked& asked, const AnswerReader::Answer& answer) {
  const net::Limits& limits = world_.scenario.limits;
  const bool waits_for_others =
      limits.max_pipelined < 64 || world_.scenario.crumbs || stopped_reading_.count() != 0;
  if (asked.arrived_at == Scheduler::Clock::time_point{} || waits_for_others) return;  // refused on the way
  constexpr std::chrono::seconds a_tick_and_the_way{1};
  if (world_.scheduler.now() - asked.arrived_at > limits.answer_timeout + a_tick_and_the_way) {
    violated("guarantee 6: an answer after its time", asked, answer);
  }
}

void ClientConnection::judge_post(const Asked& asked, const AnswerReader::Answer& answer) {
  Attempt& attempt = ledger_.attempt(asked.attempt);
  attempt.answered_at = world_.scheduler.now();
  attempt.status = answer.status;
  if (answer.status == 504) {
    ++tally_.unknown;
    constexpr std::chrono::milliseconds on_the_way{100};
    const bool was_told =
        attempt.reported && *attempt.reported != publish::Outcome::unknown &&
        attempt.reported_at + on_the_way < asked.arrived_at + world_.scenario.limits.answer_timeout;
    if (was_told) violated("guarantee 1: said to be unknown, though the log had told", asked, answer);
  }
  if (answer.status == 503 || answer.status == 504) {
    const bool says = answer.body.find(answer.status == 503 ? R"("outcome":"not_published")"
                                                            : R"("outcome":"unknown")") != std::string::npos;
    if (!says) violated("an answer that doesn't say its outcome", asked, answer);
    return;
  }
  if (answer.status != (attempt.is_post ? 200 : 204)) {
    return violated("guarantee 3: another request's answer", asked, answer);
  }
  if (!attempt.is_post) {
    ++tally_.removed;
    return;
  }
  judge_match(asked, answer);
  judge_shown(asked, answer);
}

void ClientConnection::judge_match(const Asked& asked, const AnswerReader::Answer& answer) {
  const Attempt& attempt = ledger_.attempt(asked.attempt);
  const std::string beginning = fmt::format("{{\"id\":\"{}\",\"status\":\"", asked.id);
  if (!answer.body.starts_with(beginning))
    return violated("guarantee 3: another request's answer", asked, answer);
  const std::string_view status = std::string_view{answer.body}.substr(beginning.size());
  const bool handed_is_enough = ledger_.shows_what_was_handed();
  if (status.starts_with("duplicate\"")) {
    ++tally_.duplicates;
    if (attempt.handed) violated("a duplicate was published", asked, answer);
    if (!handed_is_enough && !ledger_.logged_before(attempt.id, attempt.uuid)) {
      violated("guarantee 1: a duplicate of nothing in the log", asked, answer);
    }
    return;
  }
  const bool logged = attempt.log_index && attempt.reported == publish::Outcome::published;
  if (!(handed_is_enough ? attempt.handed : logged)) {
    return violated("guarantee 1: the log doesn't have it", asked, answer);
  }
  const bool moved = attempt.moved == match::UpsertResult::accepted;
  ++(moved ? tally_.accepted : tally_.stale);
  if (!status.starts_with(moved ? "accepted\"" : "stale\"")) {
    return violated("guarantee 8: the map's word on it was another", asked, answer);
  }
  ledger_.told(asked.attempt);
}

void ClientConnection::judge_entity(const Asked& asked, const AnswerReader::Answer& answer) {
  if (answer.status == 503) return;
  if (answer.status == 404) {
    if (!ledger_.may_be_gone(asked.id, asked.known_change))
      violated("guarantee 8: it can't be gone", asked, answer);
    return;
  }
  if (answer.status != 200) return violated("guarantee 3: another request's answer", asked, answer);
  if (asked.kind == Kind::head) return;
  const std::size_t shown = Ledger::attempt_in(answer.body);
  judge_shown(asked, answer);
  if (!world_.verdict.good()) return;
  const Attempt& attempt = ledger_.attempt(shown);
  if (attempt.id != asked.id) return violated("guarantee 3: another request's answer", asked, answer);
  if (attempt.map_position.value_or(0) < asked.known_change) {
    violated("guarantee 8: older than what was answered before", asked, answer);
  }
}

void ClientConnection::judge_shown(const Asked& asked, const AnswerReader::Answer& answer) {
  for (auto at = answer.body.find("\"attempt\":"); at != std::string::npos;
       at = answer.body.find("\"attempt\":", at + 1)) {
    ++tally_.shown;
    if (!ledger_.may_be_shown(Ledger::attempt_in(answer.body, at))) {
      violated("guarantee 8: it shows what the log doesn't have", asked, answer);
    }
  }
}

void ClientConnection::violated(std::string_view promise, const Asked& asked,
                                const AnswerReader::Answer& answer) {
  world_.verdict.violated(fmt::format("{}\n  connection {}, asked: {}\n  answered: {} {}", promise, number_,
                                      asked.bytes, answer.status, answer.body));
}

void ClientConnection::check_end(Scheduler::Clock::time_point drained_from,
                                 Scheduler::Clock::time_point stopped_at) const {
  // The server waits that long for the client to take its last answers; all else takes it milliseconds.
  constexpr std::chrono::milliseconds patience{1'900};
  const bool not_taken = stopped_reading_ >= patience;
  if (given_up_ || refused_ || not_taken || (ended_ && ended_at_ >= stopped_at)) return;
  for (std::size_t i = answered_; i < whole_; ++i) {
    const Asked& asked = asked_[i];
    const bool may_be_dropped = closed_ || asked.arrived_at >= drained_from;
    const bool was_published = asked.attempt != Ledger::none && ledger_.attempt(asked.attempt).handed;
    if (may_be_dropped && !was_published) continue;
    return world_.verdict.violated(fmt::format("guarantee 3: connection {} has no answer #{}{}, to: {}",
                                               number_, i, reset_ ? " (reset)" : "", asked.bytes));
  }
}

}  // namespace geomatch::simulation
