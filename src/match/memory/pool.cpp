#include "pool.hpp"

#include <algorithm>
#include <bit>

namespace geomatch::match {
namespace {

constexpr std::uint32_t chain_length = 64;
constexpr std::uint32_t least_retired_for_scan = 64;

constexpr std::uint32_t chain_of(std::uint64_t stack) noexcept {
  return static_cast<std::uint32_t>(stack);
}

// The stack with another chain on top, told from every state it was in before.
constexpr std::uint64_t changed(std::uint64_t stack, std::uint32_t chain) noexcept {
  return ((stack >> 32) + 1) << 32 | chain;
}

}  // namespace

Pool::Pool(Reclamation& reclamation, std::size_t unit_bytes, unsigned sizes, std::uint32_t units)
    : reclamation_(reclamation),
      unit_bytes_(unit_bytes),
      sizes_(sizes),
      units_(units),
      region_(unit_bytes * (std::size_t{units} + 1)),
      locals_(std::make_unique<Local[]>(max_threads)) {}

std::uint32_t Pool::allocate(std::size_t slot, unsigned size) noexcept {
  Local& local = locals_[slot];
  List& free = local.free[size];
  std::uint32_t index = 0;
  if (free.count != 0 || take_shared(free, size)) {
    index = pop(free);
  } else {
    const std::uint64_t fresh = used_.fetch_add(std::uint64_t{1} << size);
    if (fresh + (std::uint64_t{1} << size) > std::uint64_t{units_} + 1) {
      used_.fetch_sub(std::uint64_t{1} << size);
      return 0;
    }
    index = static_cast<std::uint32_t>(fresh);
  }
  count(local, std::int64_t{1} << size);
  // Relaxed: read when the block is retired, by a thread that has loaded a reference to it.
  at<Block>(index).birth.store(reclamation_.era(), std::memory_order_relaxed);
  return index;
}

void Pool::discard(std::size_t slot, unsigned size, std::uint32_t index) noexcept {
  Local& local = locals_[slot];
  count(local, -(std::int64_t{1} << size));
  push(local.free[size], index);
}

// Relaxed: written by this thread alone, and read for a rough sum.
void Pool::count(Local& local, std::int64_t units) noexcept {
  local.taken.store(local.taken.load(std::memory_order_relaxed) + units, std::memory_order_relaxed);
}

std::uint64_t Pool::taken() const noexcept {
  std::int64_t taken = 0;
  const std::size_t slots = thread_slots_ever_used();
  for (std::size_t slot = 0; slot < slots; ++slot) {
    taken += locals_[slot].taken.load(std::memory_order_relaxed);
  }
  return static_cast<std::uint64_t>(std::max<std::int64_t>(taken, 0));
}

void Pool::retire(std::size_t slot, unsigned size, std::uint32_t index) noexcept {
  Local& local = locals_[slot];
  push(local.fresh[size], index);
  if (++local.retired > local.scan_at) scan(local);
}

// A thread that sleeps keeps blocks held. They are looked at again only when as many more were retired, so
// that each retired block costs the same however many are held.
void Pool::scan(Local& local) noexcept {
  const Reclamation::Era closing = reclamation_.era();
  reclamation_.begin_era();
  Reclamation::Reserved reserved;
  reclamation_.look(reserved);
  std::uint32_t kept = 0;
  for (unsigned size = 0; size < sizes_; ++size) {
    free_unmet(local, size, reserved);
    kept += local.held[size].count;
    append(local.held[size], local.fresh[size]);
    share(local.free[size], size);
  }
  local.held_until = closing;
  local.retired = 0;
  local.scan_at = std::max(least_retired_for_scan, kept);
}

void Pool::free_unmet(Local& local, unsigned size, const Reclamation::Reserved& reserved) noexcept {
  List& held = local.held[size];
  if (held.count == 0) return;
  List& free = local.free[size];
  const std::uint32_t free_before = free.count;
  if (local.held_until < reserved.oldest()) {
    at<Block>(held.tail).link = free.head;
    free.head = held.head;
    free.count += held.count;
    held = {};
  } else {
    List kept;
    while (held.count != 0) {
      const std::uint32_t index = pop(held);
      // Relaxed: written before the block was published; this thread has retired it.
      const Reclamation::Era birth = at<Block>(index).birth.load(std::memory_order_relaxed);
      push(reserved.meets(birth, local.held_until) ? kept : free, index);
    }
    held = kept;
  }
  count(local, -(std::int64_t{free.count - free_before} << size));
}

void Pool::push(List& list, std::uint32_t index) noexcept {
  at<Block>(index).link = list.head;
  if (list.count == 0) list.tail = index;
  list.head = index;
  ++list.count;
}

std::uint32_t Pool::pop(List& list) noexcept {
  const std::uint32_t index = list.head;
  list.head = at<Block>(index).link;
  --list.count;
  return index;
}

void Pool::append(List& list, List& rest) noexcept {
  if (rest.count == 0) return;
  if (list.count == 0) {
    list = rest;
  } else {
    at<Block>(rest.tail).link = list.head;
    list.head = rest.head;
    list.count += rest.count;
  }
  rest = {};
}

// Threads that retire more than they allocate, as expiry does, pass free blocks on a chain at a time.
void Pool::share(List& free, unsigned size) noexcept {
  while (free.count >= 3 * chain_length) {
    const std::uint32_t first = free.head;
    std::uint32_t last = first;
    for (std::uint32_t i = 1; i < chain_length; ++i) last = at<Block>(last).link;
    free.head = at<Block>(last).link;
    free.count -= chain_length;

    std::uint64_t stack = shared_[size].load();
    do {
      at<Block>(first).birth.store(chain_of(stack));
    } while (!shared_[size].compare_exchange_weak(stack, changed(stack, first)));
  }
}

bool Pool::take_shared(List& free, unsigned size) noexcept {
  std::uint64_t stack = shared_[size].load();
  while (chain_of(stack) != 0) {
    // Another thread may take the chain meanwhile and use the block: then this reads a birth, and the
    // exchange fails for the stack's count of changes.
    const auto below = static_cast<std::uint32_t>(at<Block>(chain_of(stack)).birth.load());
    if (shared_[size].compare_exchange_weak(stack, changed(stack, below))) {
      free = {.head = chain_of(stack), .tail = 0, .count = chain_length};
      return true;
    }
  }
  return false;
}

unsigned Pool::size_for(std::size_t bytes) const noexcept {
  const std::size_t in_units = (bytes + unit_bytes_ - 1) / unit_bytes_;
  return static_cast<unsigned>(std::bit_width(in_units - 1));
}

std::uint32_t Pool::used() const noexcept {
  // Relaxed: a figure on its own.
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(used_.load(std::memory_order_relaxed), units_));
}

}  // namespace geomatch::match
