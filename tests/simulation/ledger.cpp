#include "ledger.hpp"

#include <algorithm>
#include <charconv>

#include <geomatch/codec/record.hpp>

namespace geomatch::simulation {

std::size_t Ledger::attempt_in(std::string_view text, std::size_t from) noexcept {
  constexpr std::string_view label = "\"attempt\":";
  const auto at = text.find(label, from);
  if (at == std::string_view::npos) return none;
  std::size_t number = none;
  std::from_chars(text.data() + at + label.size(), text.data() + text.size(), number);
  return number;
}

std::size_t Ledger::begin(Attempt attempt) {
  attempt.sent_at = world_.scheduler.now();
  attempts_.push_back(std::move(attempt));
  return attempts_.size() - 1;
}

void Ledger::handed(const publish::Record& record) {
  handed_.push_back(record);
  if (shows_what_was_handed()) apply(record);
  if (!record.value) return;
  Attempt& attempt = attempts_.at(attempt_in(*record.value));
  if (attempt.handed)
    world_.verdict.violated("guarantee 3: one request was published twice: " + *record.value);
  if (!attempt.whole) {
    world_.verdict.violated("guarantee 3: published before it arrived whole: " + *record.value);
  }
  attempt.handed = true;
}

void Ledger::logged(const publish::Record& record, std::string_view uuid) {
  const std::size_t number = record.value ? attempt_in(*record.value) : none;
  log_.push_back({record, number, std::string{uuid}, world_.clock.latest()});
  if (number != none) attempts_.at(number).log_index = log_.size() - 1;
  if (uuid.empty()) return;
  check_repetition(log_.back());
  last_with_uuid_[{record.key, std::string{uuid}}] = log_.size() - 1;
}

void Ledger::reported(const publish::Record& record, publish::Outcome outcome) {
  if (record.value) {
    Attempt& attempt = attempts_.at(attempt_in(*record.value));
    attempt.reported = outcome;
    attempt.reported_at = world_.scheduler.now();
  }
  if (outcome == publish::Outcome::published && !shows_what_was_handed()) apply(record);
}

void Ledger::apply(const publish::Record& record) {
  auto& expiries = entities_[record.key].expiries;
  if (!record.value) {
    expiries.push_back({});
    map_.erase(record.key, record.received_at);
    return;
  }
  codec::Record decoded;
  if (!codec::decode_record(*record.value, decoded)) {
    return world_.verdict.violated("a record can't be read back: " + *record.value);
  }
  Attempt& attempt = attempts_.at(attempt_in(*record.value));
  attempt.moved = map_.upsert(decoded.fix);
  if (attempt.moved != match::UpsertResult::accepted) return;
  expiries.push_back(decoded.fix.expires_at());
  attempt.map_position = expiries.size();
}

std::size_t Ledger::known_change(const std::string& id) const {
  const auto entity = entities_.find(id);
  return entity == entities_.end() ? 0 : entity->second.known;
}

void Ledger::told(std::size_t number) {
  const Attempt& attempt = attempts_.at(number);
  std::size_t& known = entities_[attempt.id].known;
  known = std::max(known, attempt.map_position.value_or(0));
}

bool Ledger::may_be_gone(const std::string& id, std::size_t since) const {
  const auto entity = entities_.find(id);
  if (since == 0 || entity == entities_.end()) return true;
  const auto& expiries = entity->second.expiries;
  return std::any_of(expiries.begin() + static_cast<std::ptrdiff_t>(since) - 1, expiries.end(),
                     [&](model::TimePoint expiry) { return expiry <= world_.clock.latest(); });
}

bool Ledger::may_be_shown(std::size_t number) const {
  if (number >= attempts_.size()) return false;
  const Attempt& attempt = attempts_[number];
  return shows_what_was_handed() ? attempt.handed : attempt.log_index.has_value();
}

bool Ledger::counts(const Entry& entry) const {
  return entry.attempt == none || attempts_[entry.attempt].reported != publish::Outcome::unknown;
}

bool Ledger::logged_before(std::string_view id, std::string_view uuid) const {
  return last_with_uuid_.contains(std::pair{std::string{id}, std::string{uuid}});
}

void Ledger::check_repetition(const Entry& again) {
  const auto known = last_with_uuid_.find(std::pair{again.record.key, again.uuid});
  if (known == last_with_uuid_.end()) return;
  const Entry& before = log_[known->second];
  const bool forgotten = again.latest_time - before.record.received_at > Scenario::dedupe_window;
  if (!forgotten) {
    world_.verdict.violated("resends: logged twice: " + *before.record.value + " and " + *again.record.value);
  }
}

}  // namespace geomatch::simulation
