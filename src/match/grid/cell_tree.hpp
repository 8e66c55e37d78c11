#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <span>

#include "cell.hpp"
#include "cell_key.hpp"
#include "memory/pool.hpp"
#include "memory/reclamation.hpp"

namespace geomatch::match {

/// Where entities are: a tree of cells whose depth goes with the crowd, with hints in its buckets.
///
/// Hints of one entity at one point are alike and are counted, not told apart: who has inserted one removes
/// one, exactly once, and never before it has inserted it. So as long as someone hasn't removed the one that
/// he owes the map, there is one.
///
/// A bucket or a node that has to become another is first frozen, word by word, so that nothing changes in it
/// any more; then anyone who comes along can finish the work, by putting what was in it in its place. All
/// methods are lock-free; thread-safe. Memory taken out goes back to the pool.
class CellTree {
 public:
  /// Entities of different classes lie in different trees.
  static constexpr unsigned classes = 64;

  /// A hint's place, for who may want to remove that very one.
  struct Slot {
    std::uint32_t bucket = 0;
    std::uint32_t position = 0;
  };

  /// `pool` has units of 64 bytes and CellBucket::sizes sizes.
  explicit CellTree(Pool& pool) noexcept : pool_(pool) {}

  /// nullopt: the pool is exhausted, and nothing was done.
  [[nodiscard]] std::optional<Slot> insert(Reclamation::Guard& guard, unsigned cell_class, CellPoint at,
                                           std::uint32_t entity) noexcept;

  /// Removes a hint that is there: the one at `own` if it is still there, else one like it.
  void remove(Reclamation::Guard& guard, unsigned cell_class, CellPoint at, std::uint32_t entity,
              std::optional<Slot> own = std::nullopt) noexcept;

  /// Finishes what others have begun to replace on the way to `at`.
  void settle(Reclamation::Guard& guard, unsigned cell_class, CellPoint at) noexcept;

  /// Gets the bucket that `at` is in into the cache, as far as others leave the tree alone meanwhile.
  void prefetch(Reclamation::Guard& guard, unsigned cell_class, CellPoint at) const noexcept;
  // Inline, or GCC takes it for a function without an effect and drops its calls.
  [[gnu::always_inline]] void prefetch(CellRef ref) const noexcept {
    constexpr std::size_t line = 64;
    constexpr std::size_t most_lines = 4;  // the rest comes by itself, being read in order
    const auto* const at = reinterpret_cast<const char*>(&node(ref));
    if (ref.is_node()) return __builtin_prefetch(at + line);
    if (!ref.is_bucket()) return;
    const std::size_t lines = std::min(std::size_t{1} << ref.bucket_size(), most_lines);
    for (std::size_t i = 0; i < lines; ++i) __builtin_prefetch(at + i * line);
  }

  [[nodiscard]] const std::atomic<std::uint32_t>& root(unsigned cell_class) const noexcept {
    return roots_[cell_class];
  }
  [[nodiscard]] const CellNode& node(CellRef ref) const noexcept { return pool_.at<CellNode>(ref.index()); }
  /// The words of a bucket, some of which are zero and some frozen.
  [[nodiscard]] std::span<const std::atomic<std::uint64_t>> hints(CellRef ref) const noexcept {
    return words(ref);
  }

 private:
  using Word = std::atomic<std::uint32_t>;
  struct Path;
  class Gathered;
  enum class Outcome { done, frozen, missing };

  [[nodiscard]] std::span<std::atomic<std::uint64_t>> words(CellRef bucket) const noexcept;
  [[nodiscard]] Word& child(CellRef node, unsigned which) const noexcept {
    return pool_.at<CellNode>(node.index()).children[which];
  }

  /// Goes down to the bucket or the empty cell where the path ends, finishing on its way what others began.
  void descend(Reclamation::Guard& guard, Path& path) noexcept;

  /// Makes one word of `bucket` that is `from` into `to`, looking first where `entity`'s hints are; sets
  /// `slot` to where it was.
  Outcome exchange(CellRef bucket, std::uint32_t entity, Hint from, Hint to, Slot& slot) noexcept;
  void tidy(Reclamation::Guard& guard, Path& path) noexcept;

  [[nodiscard]] bool graft(Reclamation::Guard& guard, Path& path, Slot& slot) noexcept;
  void replace_bucket(Reclamation::Guard& guard, Path& path) noexcept;
  void replace_node(Reclamation::Guard& guard, Word& word, CellRef node, unsigned depth) noexcept;
  [[nodiscard]] bool join(std::span<const CellRef> children, unsigned depth,
                          Gathered& gathered) const noexcept;
  [[nodiscard]] bool is_worth_joining(Reclamation::Guard& guard, CellRef node, unsigned depth) const noexcept;

  Pool& pool_;
  std::array<Word, classes> roots_{};
};

}  // namespace geomatch::match
