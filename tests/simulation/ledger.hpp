#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <geomatch/match/brute_force.hpp>
#include <geomatch/publish/record.hpp>

#include "attempt.hpp"
#include "world.hpp"

namespace geomatch::simulation {

/// What really happened: every attempt, the simulated log, and the map that the log makes. The server sees
/// none of it.
class Ledger {
 public:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  struct Entry {
    publish::Record record;
    std::size_t attempt;  // none: a tombstone, which doesn't say whose it is
    std::string uuid;
    model::TimePoint latest_time;  // that the clock had ever shown then
  };

  explicit Ledger(World& world)
      : world_(world), map_(world.scenario.max_entities, world.scenario.delete_memory) {}

  std::size_t begin(Attempt attempt);
  [[nodiscard]] Attempt& attempt(std::size_t number) { return attempts_.at(number); }
  [[nodiscard]] const std::vector<Attempt>& attempts() const noexcept { return attempts_; }

  /// The publisher accepted `record`.
  void handed(const publish::Record& record);
  /// The log has `record` from now on.
  void logged(const publish::Record& record, std::string_view uuid);
  /// The publisher is about to say so of `record`.
  void reported(const publish::Record& record, publish::Outcome outcome);

  /// Whether the map may show what attempt `number` said.
  [[nodiscard]] bool may_be_shown(std::size_t number) const;

  /// The one rule about records whose outcome was unknown: nobody reads the log on here, so the map doesn't
  /// show them. A resend of theirs isn't logged again all the same.
  [[nodiscard]] bool counts(const Entry& entry) const;

  [[nodiscard]] const std::vector<Entry>& log() const noexcept { return log_; }
  [[nodiscard]] const std::vector<publish::Record>& handed_over() const noexcept { return handed_; }
  [[nodiscard]] bool logged_before(std::string_view id, std::string_view uuid) const;
  [[nodiscard]] bool shows_what_was_handed() const noexcept {
    return world_.scenario.acknowledgement == http::Acknowledgement::enqueued;
  }

  /// How often the map's entity `id` had been changed when the latest of its changes that a client knows of
  /// was made: a reader from now on sees that one or a later one.
  [[nodiscard]] std::size_t known_change(const std::string& id) const;
  /// A client was told that attempt `number` is on the map.
  void told(std::size_t number);
  /// Whether there may be nothing of `id` to see for one that asked after change `since`.
  [[nodiscard]] bool may_be_gone(const std::string& id, std::size_t since) const;

  /// The map as it has to be now. Only reservations and expiry are done to it from the outside.
  [[nodiscard]] match::BruteForce& map() noexcept { return map_; }

  /// The attempt that a text of the server's tells of: its record, its place on the map, its match.
  [[nodiscard]] static std::size_t attempt_in(std::string_view text, std::size_t from = 0) noexcept;

 private:
  struct Entity {
    std::vector<model::TimePoint> expiries;  // of each change; a removal's is at once
    std::size_t known = 0;                   // 1: the first
  };

  void apply(const publish::Record& record);
  void check_repetition(const Entry& again);

  World& world_;
  std::vector<Attempt> attempts_;
  std::vector<Entry> log_;
  std::vector<publish::Record> handed_;
  std::map<std::pair<std::string, std::string>, std::size_t, std::less<>> last_with_uuid_;  // in log_
  std::map<std::string, Entity> entities_;
  match::BruteForce map_;
};

}  // namespace geomatch::simulation
