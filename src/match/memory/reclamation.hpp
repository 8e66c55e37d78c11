#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cassert>
#include <cstdint>
#include <limits>
#include <memory>

#include "thread_slot.hpp"

namespace geomatch::match {

/// Tells when memory that was taken out of a shared structure can be used again: interval-based reclamation
/// (2GE-IBR of Wen et al., "Interval-based memory reclamation", PPoPP 2018).
///
/// Time is cut into eras. A block is born in one and retired in another, and each thread reserves the eras
/// of its current operation; a block may be reused once no reservation meets its life. So a thread that
/// sleeps in an operation keeps back the blocks that lived at that time, but none that are born later: what
/// it costs is bounded. All methods are wait-free but Guard::load, which is lock-free: it is repeated only
/// when another thread has begun an era.
class Reclamation {
  struct Participant;

 public:
  using Era = std::uint64_t;

  /// One operation of this thread: what its `load` returns stays valid until it ends. One at a time for
  /// each thread and Reclamation.
  class Guard {
   public:
    explicit Guard(Reclamation& reclamation) : Guard(reclamation, this_thread_slot()) {}
    // Release: paired with `look`'s load. Who sees it has this operation's reads behind it.
    ~Guard() { own_.upper.store(none, std::memory_order_release); }

    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

    /// Reads what refers to a block. Sequentially consistent.
    template <typename T>
    [[nodiscard]] T load(const std::atomic<T>& reference) noexcept {
      for (;;) {
        const T value = reference.load();
        if (confirm()) return value;
      }
    }

    /// For who loads several references at once: true if all loaded since the last call, or since the
    /// guard began, are valid; false if they have to be loaded again.
    [[nodiscard]] bool confirm() noexcept {
      const Era now = era_.load();
      if (now == reserved_) return true;
      own_.upper.store(now);
      reserved_ = now;
      has_grown_ = true;
      return false;
    }

    /// Whether the reservation has grown since the guard began. Until then, what a block that was in the
    /// structure during this operation refers to is valid even if that block has been taken out meanwhile.
    /// From then on only what is loaded from a block that is still in it: a younger one may have come and
    /// gone unseen.
    [[nodiscard]] bool has_grown() const noexcept { return has_grown_; }

    /// Ends this operation and begins another: nothing that was loaded is valid any more.
    void renew() noexcept {
      own_.upper.store(none, std::memory_order_release);  // as when it ends
      begin();
    }

    [[nodiscard]] std::size_t slot() const noexcept { return slot_; }

   private:
    Guard(Reclamation& reclamation, std::size_t slot)
        : era_(reclamation.era_), own_(reclamation.participants_[slot]), slot_(slot) {
      assert(own_.upper.load() == none && "two operations of one thread at once");
      begin();
    }

    void begin() noexcept {
      reserved_ = era_.load();
      has_grown_ = false;
      // Relaxed: seen by whoever sees the store to `upper`.
      own_.lower.store(reserved_, std::memory_order_relaxed);
      // Sequentially consistent, as are the loads of references that follow and the exchanges that take
      // blocks out: a scan that misses this reservation began before it, so after the block was taken out,
      // and what is loaded from now on isn't that block.
      own_.upper.store(reserved_);
    }

    const std::atomic<Era>& era_;
    Participant& own_;
    const std::size_t slot_;
    Era reserved_ = none;
    bool has_grown_ = false;
  };

  /// The reservations at one moment.
  class Reserved {
   public:
    /// Whether an operation may still use a block of this life.
    [[nodiscard]] bool meets(Era birth, Era retired) const noexcept {
      for (std::size_t i = 0; i < count_; ++i) {
        if (birth <= intervals_[i].upper && retired >= intervals_[i].lower) return true;
      }
      return false;
    }
    /// No operation reaches further back.
    [[nodiscard]] Era oldest() const noexcept { return oldest_; }

   private:
    friend class Reclamation;
    struct Interval {
      Era lower, upper;
    };
    std::array<Interval, max_threads> intervals_;
    std::size_t count_ = 0;
    Era oldest_ = std::numeric_limits<Era>::max();
  };

  Reclamation() : participants_(std::make_unique<Participant[]>(max_threads)) {}

  [[nodiscard]] Era era() const noexcept { return era_.load(); }
  void begin_era() noexcept { era_.fetch_add(1); }
  /// Fills in what is reserved now.
  void look(Reserved& reserved) const noexcept;

 private:
  static constexpr Era none = 0;

  struct alignas(128) Participant {  // two lines: the neighbour is fetched with one
    std::atomic<Era> lower{none};
    std::atomic<Era> upper{none};  // none: in no operation
  };

  alignas(128) std::atomic<Era> era_{1};
  alignas(128) std::unique_ptr<Participant[]> participants_;
};

inline void Reclamation::look(Reserved& reserved) const noexcept {
  reserved.count_ = 0;
  reserved.oldest_ = std::numeric_limits<Era>::max();
  const std::size_t slots = thread_slots_ever_used();
  for (std::size_t slot = 0; slot < slots; ++slot) {
    const Era upper = participants_[slot].upper.load();
    if (upper == none) continue;
    const Era lower = participants_[slot].lower.load();
    // Of two operations, the lower end may be of the later one; then it is the later one's upper end as well.
    reserved.intervals_[reserved.count_++] = {.lower = lower, .upper = std::max(lower, upper)};
    reserved.oldest_ = std::min(reserved.oldest_, lower);
  }
}

}  // namespace geomatch::match
