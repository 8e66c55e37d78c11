#pragma once

#include <memory>

#include <geomatch/match/matcher.hpp>

namespace geomatch::match {

/// The map that the server uses: docs/matcher.md tells how it works.
///
/// Every method is lock-free: some thread always gets on, wherever others were stopped, and none waits for
/// another. What a stopped thread costs is memory: what it may be looking at isn't used again until it goes
/// on. At most most_threads may use grids at one time; the next one gets a std::runtime_error.
class Grid final : public Matcher {
 public:
  static constexpr std::size_t most_threads = 1280;
  static constexpr std::size_t most_entities = 50'000'000;

  /// Room for `max_entities`, 1 to most_entities. Address space for them is taken now, memory as they come.
  /// Throws std::bad_alloc if there isn't that much address space. `delete_memory`: how long deletion marks
  /// count.
  explicit Grid(std::size_t max_entities, model::Milliseconds delete_memory = default_delete_memory);
  ~Grid() override;

  /// Lock-free. It refuses as well when the memory for fixes comes to its end.
  [[nodiscard]] std::optional<Reservation> reserve(std::string_view id) override;
  /// Lock-free: repeated when another thread has changed the same entity meanwhile.
  UpsertResult upsert(const model::Fix& fix) override;
  /// Lock-free.
  [[nodiscard]] bool is_stale(const model::Fix& fix) const override;
  /// Lock-free, as upsert.
  bool erase(std::string_view id, model::TimePoint at) override;
  /// Lock-free, its strings' memory aside.
  [[nodiscard]] std::optional<model::Fix> find(std::string_view id, model::TimePoint now) const override;
  /// Lock-free as far as `visit` is, and allocates nothing.
  void visit_nearest(const Query& query, model::MatchVisitor visit) const override;
  /// Lock-free, a few entities at a time: the others are never stopped.
  void expire(model::TimePoint now) override;
  /// Wait-free.
  [[nodiscard]] std::size_t size() const noexcept override;
  /// Wait-free. While entities become marks or cease to be, it may be off by as many.
  [[nodiscard]] std::size_t deletion_marks() const noexcept override;

  /// Memory that the entities have taken so far, free blocks included.
  [[nodiscard]] std::size_t used_bytes() const noexcept;

 private:
  class Impl;

  void release(std::uint64_t entity) noexcept override;

  const std::unique_ptr<Impl> impl_;
};

}  // namespace geomatch::match
