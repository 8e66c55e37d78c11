#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>
#include <vector>

#include <boost/intrusive/list.hpp>

namespace geomatch::net {

/// Who is to be looked at when, coarsely: nothing is armed or taken back for a request.
/// Whoever is looked at says when the next time is, at most `horizon` from then; so a deadline that arises in
/// between is met if none is shorter than that. Timers a request would cost more than all of these. One
/// thread.
class DeadlineWheel {
 public:
  using Clock = std::chrono::steady_clock;

  /// What stands on a wheel; it takes itself off when it is destroyed.
  using Entry = boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;

  /// `grain`: of the times; a fraction of what lies between two turns, as both add to how late a look may be.
  /// `horizon` is shortened to what few spokes can hold.
  DeadlineWheel(Clock::duration grain, Clock::duration horizon, Clock::time_point now)
      : grain_(grain),
        horizon_(std::clamp(horizon, grain, most_spokes * grain)),
        spokes_(static_cast<std::size_t>(horizon_ / grain_) + 2),
        turned_to_(now) {}

  [[nodiscard]] Clock::duration horizon() const noexcept { return horizon_; }

  /// `entry` is looked at not before `due`, or `horizon` from now if that is sooner, and at the latest with
  /// the first turn a grain after that.
  void place(Entry& entry, Clock::time_point due) {
    const auto grains = std::max<Clock::rep>(1, (due - turned_to_ + grain_ - Clock::duration{1}) / grain_);
    const auto ahead = std::min(static_cast<std::size_t>(grains), spokes_.size() - 1);
    if (entry.is_linked()) entry.unlink();
    spokes_[(at_ + ahead) % spokes_.size()].push_back(entry);
  }

  /// Takes off all that are due by `now` and gives each to `look`, which may place it anew.
  template <class Look>
  void turn(Clock::time_point now, Look look) {
    while (turned_to_ + grain_ <= now) {
      turned_to_ += grain_;
      at_ = (at_ + 1) % spokes_.size();
      Spoke due;
      due.swap(spokes_[at_]);
      while (!due.empty()) {
        Entry& entry = due.front();
        due.pop_front();
        look(entry);
      }
    }
  }

 private:
  static constexpr Clock::rep most_spokes = 256;

  using Spoke = boost::intrusive::list<Entry, boost::intrusive::constant_time_size<false>>;

  const Clock::duration grain_;
  const Clock::duration horizon_;
  std::vector<Spoke> spokes_;
  std::size_t at_ = 0;  // the spoke of turned_to_
  Clock::time_point turned_to_;
};

}  // namespace geomatch::net
