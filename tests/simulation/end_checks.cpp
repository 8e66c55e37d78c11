#include "end_checks.hpp"

#include <algorithm>
#include <map>

#include <geomatch/codec/record.hpp>
#include <geomatch/match/brute_force.hpp>

namespace geomatch::simulation {
namespace {

// The log as a server that starts reads it.
void replay(const Ledger& ledger, match::BruteForce& fresh) {
  const auto apply = [&fresh](const publish::Record& record) {
    if (!record.value) {
      fresh.erase(record.key, record.received_at);
      return;
    }
    codec::Record decoded;
    if (codec::decode_record(*record.value, decoded)) fresh.upsert(decoded.fix);
  };
  if (ledger.shows_what_was_handed()) {
    for (const publish::Record& record : ledger.handed_over()) apply(record);
    return;
  }
  for (const Ledger::Entry& entry : ledger.log()) {
    if (ledger.counts(entry)) apply(entry.record);
  }
}

}  // namespace

// A duplicate is published by another attempt, whatever became of that; what the server refused is by none.
void check_refusals(World& world, const Ledger& ledger) {
  for (const Attempt& attempt : ledger.attempts()) {
    if (attempt.status == 503 && attempt.log_index) {
      world.verdict.violated("guarantee 1: answered with not_published, and in the log: " +
                             *ledger.log()[*attempt.log_index].record.value);
    }
    if (attempt.reported == publish::Outcome::not_published && attempt.status == 200 &&
        !ledger.shows_what_was_handed()) {
      world.verdict.violated("guarantee 1: answered with 200, and not published");
    }
  }
}

// On one connection they are sent in the order of their numbers. On others, what was answered before another
// was sent comes before it.
void check_log_order(World& world, const Ledger& ledger) {
  struct Seen {
    std::map<std::size_t, std::size_t> first_on_connection;  // attempts of what comes later in the log
    Attempt::TimePoint answered_at = Attempt::TimePoint::max();
  };
  std::map<std::string, Seen> later;
  for (auto entry = ledger.log().rbegin(); entry != ledger.log().rend(); ++entry) {
    if (entry->attempt == Ledger::none) continue;
    const Attempt& attempt = ledger.attempts()[entry->attempt];
    Seen& seen = later[attempt.id];
    const auto [first, is_last] = seen.first_on_connection.try_emplace(attempt.connection, entry->attempt);
    if ((!is_last && first->second < entry->attempt) || seen.answered_at < attempt.sent_at) {
      world.verdict.violated("guarantee 5: in the log too early: " + *entry->record.value);
    }
    first->second = entry->attempt;
    seen.answered_at = std::min(seen.answered_at, attempt.answered_at.value_or(Attempt::TimePoint::max()));
  }
}

// A clock that was set back makes the map's history part of its state: what had expired was forgotten, and
// then judges no more. That case is the checked map's alone.
void check_replay(World& world, const Ledger& ledger, const CheckedMap& map) {
  if (world.clock.went_back()) return;
  match::BruteForce fresh{1000, world.scenario.delete_memory};
  replay(ledger, fresh);
  const model::TimePoint now = world.clock.now();
  for (std::uint64_t i = 0; i < world.scenario.ids; ++i) {
    const std::string id = fmt::format("e{}", i);
    if (map.find(id, now) != fresh.find(id, now)) {
      world.verdict.violated("guarantee 8: a restart would show another place of " + id);
    }
  }
  const match::Query all{
      .center = geo::Position::from_degrees(31.235, 121.235), .radius_m = 50'000, .limit = 100, .now = now};
  match::Matches shown;
  match::Matches replayed;
  map.nearest(all, shown);
  fresh.nearest(all, replayed);
  if (!std::ranges::equal(shown, replayed)) {
    world.verdict.violated("guarantee 8: a restart would find other matches");
  }
}

}  // namespace geomatch::simulation
