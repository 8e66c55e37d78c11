#include "thread_slot.hpp"

#include <array>
#include <atomic>
#include <stdexcept>
#include <string>

namespace geomatch::match {
namespace {

std::array<std::atomic<bool>, max_threads> slot_is_taken{};
std::atomic<std::size_t> slots_ever_used{0};

std::size_t take_slot() {
  for (std::size_t slot = 0; slot < max_threads; ++slot) {
    if (slot_is_taken[slot].load() || slot_is_taken[slot].exchange(true)) continue;
    std::size_t used = slots_ever_used.load();
    while (used <= slot && !slots_ever_used.compare_exchange_weak(used, slot + 1)) {
    }
    return slot;
  }
  throw std::runtime_error("more than " + std::to_string(max_threads) + " threads use the map at once");
}

struct SlotHolder {
  const std::size_t slot = take_slot();
  // Sequentially consistent, like the exchange that takes it: what this thread left by its slot is seen by
  // the thread that gets it next.
  ~SlotHolder() { slot_is_taken[slot].store(false); }
};

}  // namespace

std::size_t this_thread_slot() {
  thread_local const SlotHolder holder;
  return holder.slot;
}

std::size_t thread_slots_ever_used() noexcept {
  return slots_ever_used.load();
}

}  // namespace geomatch::match
