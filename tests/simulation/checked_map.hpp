#pragma once

#include <map>

#include <geomatch/match/grid.hpp>

#include "ledger.hpp"

namespace geomatch::simulation {

/// The server's map, the real one, watched: whatever it says or does has to agree with the log's.
class CheckedMap final : public match::Matcher {
 public:
  CheckedMap(World& world, Ledger& ledger)
      : world_(world), ledger_(ledger), grid_(world.scenario.max_entities, world.scenario.delete_memory) {}

  [[nodiscard]] std::optional<match::Reservation> reserve(std::string_view id) override;
  match::UpsertResult upsert(const model::Fix& fix) override;
  [[nodiscard]] bool is_stale(const model::Fix& fix) const override { return grid_.is_stale(fix); }
  bool erase(std::string_view id, model::TimePoint at) override;
  [[nodiscard]] std::optional<model::Fix> find(std::string_view id, model::TimePoint now) const override;
  void visit_nearest(const match::Query& query, model::MatchVisitor visit) const override;
  void expire(model::TimePoint now) override;
  [[nodiscard]] std::size_t size() const noexcept override { return grid_.size(); }
  [[nodiscard]] std::size_t deletion_marks() const noexcept override { return grid_.deletion_marks(); }

  /// That entity `id` is where the log says.
  void check(std::string_view id) const;

 private:
  struct Held {
    match::Reservation in_grid;
    match::Reservation in_oracle;
  };

  void release(std::uint64_t entity) noexcept override;
  void check_size() const;

  World& world_;
  Ledger& ledger_;
  match::Grid grid_;
  std::map<std::uint64_t, Held> held_;
  std::uint64_t next_held_ = 1;
};

}  // namespace geomatch::simulation
