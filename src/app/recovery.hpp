#pragma once

#include <atomic>
#include <cstdint>

#include <geomatch/model/time.hpp>

namespace geomatch::match {
class Matcher;
}
namespace geomatch::publish {
class Log;
struct Record;
}  // namespace geomatch::publish

namespace geomatch::app {

/// Brings the map, and the memory of resends, back from the log.
class Recovery {
 public:
  Recovery(publish::Log& log, match::Matcher& matcher) noexcept : log_(log), matcher_(matcher) {}

  /// Applies all records received at `since` or later, in their order; then forgets what has expired by
  /// `now`. Throws std::exception with the remedy. After `cancel` it returns early, with the map incomplete.
  void run(model::TimePoint since, model::TimePoint now);

  /// Any thread.
  void cancel() noexcept { cancelled_.store(true, std::memory_order_relaxed); }  // a flag on its own

 private:
  struct Cancelled {};

  void apply(const publish::Record& record);

  publish::Log& log_;
  match::Matcher& matcher_;
  std::atomic<bool> cancelled_{false};
  std::uint64_t applied_ = 0;
  std::uint64_t not_understood_ = 0;
  std::uint64_t without_room_ = 0;
};

}  // namespace geomatch::app
