#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>

#include <geomatch/model/time.hpp>

namespace geomatch::match {
class Matcher;
}
namespace geomatch::publish {
class ResendWindow;
struct Record;
}  // namespace geomatch::publish

namespace geomatch::app {

/// What the log's records do to the map, and to the memory of resends. Thread-safe; records of one key have
/// to be applied in their order.
class LogView {
 public:
  LogView(match::Matcher& matcher, publish::ResendWindow& resends) noexcept
      : matcher_(matcher), resends_(resends) {}

  /// Of records received before this nobody asks any more whether the log has them; set before the first is
  /// applied.
  void remember_since(model::TimePoint since) noexcept { remember_since_ = since; }

  /// While the past is read, up to `now`, the records fill the map with what has long expired: where it is
  /// full, that gives its room. nullopt: from now on it is the owner's to expire. Not while records are
  /// applied.
  void make_room_as_of(std::optional<model::TimePoint> now) noexcept { room_as_of_ = now; }

  void apply(const publish::Record& record);

  // Counts on their own: relaxed.
  [[nodiscard]] std::uint64_t applied() const noexcept { return applied_.load(std::memory_order_relaxed); }
  /// Of those, records that aren't ours and were skipped.
  [[nodiscard]] std::uint64_t not_understood() const noexcept {
    return not_understood_.load(std::memory_order_relaxed);
  }
  /// Of those, records of new entities, and deletions of unknown ones, that found the map full.
  [[nodiscard]] std::uint64_t without_room() const noexcept {
    return without_room_.load(std::memory_order_relaxed);
  }

 private:
  enum class Effect { taken, not_ours, no_room };

  [[nodiscard]] Effect erase(const publish::Record& tombstone);
  [[nodiscard]] Effect upsert(const publish::Record& record);
  [[nodiscard]] bool make_room();

  match::Matcher& matcher_;
  publish::ResendWindow& resends_;
  std::optional<model::TimePoint> room_as_of_;
  std::mutex room_mutex_;
  std::uint64_t room_made_at_ = 0;  // that many were applied then
  model::TimePoint remember_since_{};
  std::atomic<std::uint64_t> applied_{0};
  std::atomic<std::uint64_t> not_understood_{0};
  std::atomic<std::uint64_t> without_room_{0};
};

}  // namespace geomatch::app
