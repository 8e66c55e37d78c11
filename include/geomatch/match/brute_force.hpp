#pragma once

#include <map>
#include <mutex>
#include <string>

#include <geomatch/geo/earth_point.hpp>
#include <geomatch/match/matcher.hpp>

namespace geomatch::match {

/// The oracle: looks at every entity each time. One lock; slow, and too simple to be wrong.
class BruteForce final : public Matcher {
 public:
  explicit BruteForce(std::size_t max_entities, model::Milliseconds delete_memory = default_delete_memory)
      : max_entities_(max_entities), delete_memory_(delete_memory) {}

  [[nodiscard]] std::optional<Reservation> reserve(std::string_view id) override;
  UpsertResult upsert(const model::Fix& fix) override;
  [[nodiscard]] bool is_stale(const model::Fix& fix) const override;
  bool erase(std::string_view id, model::TimePoint at) override;
  [[nodiscard]] std::optional<model::Fix> find(std::string_view id, model::TimePoint now) const override;
  void visit_nearest(const Query& query, model::MatchVisitor visit) const override;
  void expire(model::TimePoint now) override;
  [[nodiscard]] std::size_t size() const noexcept override;
  [[nodiscard]] std::size_t deletion_marks() const noexcept override;

 private:
  struct Entity {
    std::optional<model::Fix> fix;
    geo::EarthPoint at;                          // fix->position's
    std::optional<model::TimePoint> deleted_at;  // the deletion mark
    int reservations = 0;
  };
  using Entities = std::map<std::string, Entity, std::less<>>;

  static const Entity nobody;

  void release(std::uint64_t entity) noexcept override;
  [[nodiscard]] Entities::pointer admit(std::string_view id);
  void drop_if_unused(Entities::iterator entity);
  [[nodiscard]] bool is_stale(const model::Fix& fix, const Entity& known) const;
  [[nodiscard]] bool is_remembered(const Entity& entity, model::TimePoint received_at) const;

  const std::size_t max_entities_;
  const model::Milliseconds delete_memory_;
  mutable std::mutex mutex_;
  Entities entities_;
};

}  // namespace geomatch::match
