#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "block.hpp"
#include "reclamation.hpp"
#include "region.hpp"

namespace geomatch::match {

/// Memory for blocks of some sizes, each twice the one before, all of which begin with a Block. Blocks are
/// named by a 32-bit index; none has index 0. Memory is never handed back to the system, and holds blocks for
/// ever: reading one that is out of use is harmless, if its fields are atomic. What was never used is zero.
///
/// Each thread has its own free blocks and shares some of those beyond a few. Thread-safe, and lock-free: no
/// method waits for another thread.
class Pool {
 public:
  static constexpr unsigned max_sizes = 12;

  /// Blocks of `unit_bytes` << 0 … `unit_bytes` << (`sizes` - 1), in `units` units altogether. `unit_bytes`
  /// is a power of two from 32 on, and `sizes` at most max_sizes.
  Pool(Reclamation& reclamation, std::size_t unit_bytes, unsigned sizes, std::uint32_t units);

  template <typename T>
  [[nodiscard]] T& at(std::uint32_t index) const noexcept {
    // The pages are zeros, which is what the atomics and integers of a block begin with.
    return *reinterpret_cast<T*>(region_.data() + std::size_t{index} * unit_bytes_);
  }

  /// A block, born now; 0 if there is none left. Its contents are whatever they were.
  [[nodiscard]] std::uint32_t allocate(std::size_t slot, unsigned size) noexcept;

  /// Takes back a block that no other thread has seen.
  void discard(std::size_t slot, unsigned size, std::uint32_t index) noexcept;

  /// Takes back a block that no reference leads to any more, for when the operations that may have found one
  /// have ended.
  void retire(std::size_t slot, unsigned size, std::uint32_t index) noexcept;

  /// The smallest size that has `bytes`; `sizes` if none has.
  [[nodiscard]] unsigned size_for(std::size_t bytes) const noexcept;

  /// Units that were ever used: indexes go up to there.
  [[nodiscard]] std::uint32_t used() const noexcept;
  /// Whether less than one part in `part` of all units is free.
  [[nodiscard]] bool is_down_to(std::uint32_t part) const noexcept {
    return used() > units_ - units_ / part && taken() > units_ - units_ / part;
  }
  /// Units in use or waiting to be free again; not exact while threads work.
  [[nodiscard]] std::uint64_t taken() const noexcept;
  [[nodiscard]] std::size_t used_bytes() const noexcept { return std::size_t{used()} * unit_bytes_; }

 private:
  struct List {
    std::uint32_t head = 0;
    std::uint32_t tail = 0;  // meaningful only for the retired ones
    std::uint32_t count = 0;
  };

  /// One thread's. Nobody else looks into it.
  struct alignas(128) Local {
    std::array<List, max_sizes> free;
    std::array<List, max_sizes> fresh;  // retired since the last scan
    std::array<List, max_sizes> held;   // retired before it, and not seen to be free then
    Reclamation::Era held_until = 0;    // none of `held` was retired in a later era
    std::uint32_t retired = 0;          // since the last scan
    std::uint32_t scan_at = 0;          // that many retired ones
    std::atomic<std::int64_t> taken{
        0};  // units allocated less units freed; of all threads together, those in use
  };

  static void count(Local& local, std::int64_t units) noexcept;
  void push(List& list, std::uint32_t index) noexcept;
  [[nodiscard]] std::uint32_t pop(List& list) noexcept;
  void append(List& list, List& rest) noexcept;
  void scan(Local& local) noexcept;
  void free_unmet(Local& local, unsigned size, const Reclamation::Reserved& reserved) noexcept;
  void share(List& free, unsigned size) noexcept;
  [[nodiscard]] bool take_shared(List& free, unsigned size) noexcept;

  Reclamation& reclamation_;
  const std::size_t unit_bytes_;
  const unsigned sizes_;
  const std::uint32_t units_;
  const Region region_;
  const std::unique_ptr<Local[]> locals_;
  // A stack of chains of free blocks for each size: the first block's index below, a count of changes above,
  // so that a stack that was changed meanwhile isn't taken for the same.
  alignas(128) std::array<std::atomic<std::uint64_t>, max_sizes> shared_{};
  alignas(128) std::atomic<std::uint64_t> used_{1};
};

}  // namespace geomatch::match
