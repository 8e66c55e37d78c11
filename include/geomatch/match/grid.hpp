#pragma once

#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include <geomatch/geo/cell_grid.hpp>
#include <geomatch/geo/earth_point.hpp>
#include <geomatch/match/matcher.hpp>

namespace geomatch::match {

/// A map in cells of about 1.1 km. Readers share one lock, a writer has it alone: exact, and blocking.
class Grid final : public Matcher {
 public:
  explicit Grid(std::size_t max_entities);
  ~Grid() override;

  [[nodiscard]] std::optional<Reservation> reserve(std::string_view id) override;
  UpsertResult upsert(std::shared_ptr<const model::Fix> fix) override;
  void erase(std::string_view id) override;
  [[nodiscard]] std::shared_ptr<const model::Fix> find(std::string_view id,
                                                       model::TimePoint now) const override;
  [[nodiscard]] std::vector<Match> nearest(const Query& query) const override;
  void expire(model::TimePoint now) override;
  [[nodiscard]] std::size_t size() const noexcept override;

 private:
  struct Entity;
  struct IdHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view id) const noexcept { return std::hash<std::string_view>{}(id); }
  };
  using Entities = std::unordered_map<std::string, std::unique_ptr<Entity>, IdHash, std::equal_to<>>;

  void release(std::string_view id) noexcept override;
  [[nodiscard]] Entities::pointer admit(std::string_view id);
  void place(Entities::value_type& entity, std::shared_ptr<const model::Fix> fix);
  void unplace(Entity& entity);
  void leave_cell(Entity& entity);
  void drop_if_unused(Entities::iterator entity);

  const std::size_t max_entities_;
  const geo::CellGrid cells_;
  mutable std::shared_mutex mutex_;
  Entities entities_;
  std::unordered_map<geo::Cell, std::vector<Entity*>> occupied_;
  std::multimap<model::TimePoint, Entities::pointer> expiries_;  // of those with a fix
};

}  // namespace geomatch::match
