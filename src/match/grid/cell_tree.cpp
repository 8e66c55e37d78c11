#include "cell_tree.hpp"

#include <algorithm>
#include <cassert>

#include "cell_builder.hpp"

namespace geomatch::match {
namespace {

// A node with no more than this below it becomes a bucket; far fewer than it was cut at, so that a cell whose
// crowd comes and goes isn't cut and joined all the time.
constexpr std::size_t joined_below = 12;

// Removals take memory too, for a moment, and have to get it: insertions leave them that part of it.
constexpr std::uint32_t insertion_reserve = 64;

// Larger buckets aren't counted at every removal: what is saved by making one smaller can wait for the next.
constexpr std::size_t always_counted = 14;

constexpr bool is_frozen(std::uint64_t hint) noexcept {
  return (hint & Hint::frozen) != 0;
}

}  // namespace

// The hints of cells that are being replaced. They change no more.
class CellTree::Gathered {
 public:
  // False: there is no room for all of them.
  bool freeze(std::span<std::atomic<std::uint64_t>> words) noexcept {
    for (auto& word : words) word.fetch_or(Hint::frozen);
    for (const auto& word : words) {
      const std::uint64_t hint = word.load() & ~Hint::frozen;
      if (hint == 0) continue;
      if (count_ == hints_.size()) return false;
      hints_[count_++] = hint;
    }
    return true;
  }

  [[nodiscard]] std::span<std::uint64_t> hints() noexcept { return std::span{hints_}.first(count_); }

 private:
  std::array<std::uint64_t, CellBuilder::max_hints> hints_;
  std::size_t count_ = 0;
};

namespace {

std::size_t count(std::span<const std::atomic<std::uint64_t>> words) noexcept {
  return static_cast<std::size_t>(
      std::ranges::count_if(words, [](const auto& word) { return (word.load() & ~Hint::frozen) != 0; }));
}

}  // namespace

// From the root to where the cells end: words[d] refers to the cell of depth d.
struct CellTree::Path {
  Path(CellPoint to, std::uint32_t whose, Word& from) noexcept : at(to), entity(whose), root(from) {}

  const CellPoint at;
  const std::uint32_t entity;
  Word& root;
  unsigned depth = 0;
  std::array<Word*, cells::max_depth + 1> words;         // set as far as depth
  std::array<std::uint32_t, cells::max_depth + 1> refs;  // likewise: what they referred to

  [[nodiscard]] CellRef end() const noexcept { return CellRef{refs[depth]}; }
  [[nodiscard]] Hint hint() const noexcept { return {at, entity}; }
};

std::span<std::atomic<std::uint64_t>> CellTree::words(CellRef bucket) const noexcept {
  return {pool_.at<CellBucket>(bucket.index()).hints(), CellBucket::capacity(bucket.bucket_size())};
}

void CellTree::descend(Reclamation::Guard& guard, Path& path) noexcept {
  path.words[0] = &path.root;
  for (path.depth = 0;;) {
    const CellRef ref{guard.load(*path.words[path.depth])};
    if (ref.is_frozen()) {  // never the root: nothing is above it that could be replaced
      replace_node(guard, *path.words[path.depth - 1], CellRef{path.refs[path.depth - 1]}, path.depth - 1);
      path.depth = 0;
      continue;
    }
    path.refs[path.depth] = ref.bits();
    if (!ref.is_node()) return;
    const unsigned which = cells::child(path.at, path.entity, path.depth);
    path.words[++path.depth] = &child(ref, which);
  }
}

void CellTree::prefetch(Reclamation::Guard& guard, unsigned cell_class, CellPoint at) const noexcept {
  CellRef ref{guard.load(roots_[cell_class])};
  for (unsigned depth = 0; ref.is_node() && !ref.is_frozen() && depth < cells::point_depth; ++depth) {
    ref = CellRef{guard.load(child(ref, cells::child(at, 0, depth)))};
  }
  prefetch(ref);
}

void CellTree::settle(Reclamation::Guard& guard, unsigned cell_class, CellPoint at) noexcept {
  Path path{at, 0, roots_[cell_class]};
  descend(guard, path);
}

std::optional<CellTree::Slot> CellTree::insert(Reclamation::Guard& guard, unsigned cell_class, CellPoint at,
                                               std::uint32_t entity) noexcept {
  Path path{at, entity, roots_[cell_class]};
  Slot slot;
  for (;;) {
    descend(guard, path);
    if (path.end().is_empty()) {
      if (pool_.is_down_to(insertion_reserve)) return std::nullopt;
      if (graft(guard, path, slot)) return slot;
      continue;
    }
    switch (exchange(path.end(), entity, Hint{}, path.hint(), slot)) {
      case Outcome::done:
        return slot;
      case Outcome::missing:  // it is full
        if (pool_.is_down_to(insertion_reserve)) return std::nullopt;
        [[fallthrough]];
      default:
        replace_bucket(guard, path);
    }
  }
}

void CellTree::remove(Reclamation::Guard& guard, unsigned cell_class, CellPoint at, std::uint32_t entity,
                      std::optional<Slot> own) noexcept {
  Path path{at, entity, roots_[cell_class]};
  if (own) {
    // If the bucket was replaced, all its words are frozen and this fails.
    std::uint64_t expected = path.hint().bits();
    if (pool_.at<CellBucket>(own->bucket).hints()[own->position].compare_exchange_strong(expected, 0)) return;
  }
  for (;;) {
    descend(guard, path);
    assert(!path.end().is_empty() && "a hint is removed that isn't there");
    Slot left;
    switch (exchange(path.end(), entity, path.hint(), Hint{}, left)) {
      case Outcome::done:
        return tidy(guard, path);
      case Outcome::frozen:
        replace_bucket(guard, path);
        break;
      default:
        break;  // another thread took this one just now, and one like it came behind: again
    }
  }
}

bool CellTree::graft(Reclamation::Guard& guard, Path& path, Slot& slot) noexcept {
  CellBuilder builder{pool_, guard.slot()};
  const CellRef grafted = builder.build_path(path.at, path.entity, path.depth, slot.bucket);
  slot.position = CellBuilder::first_position(path.entity, CellBucket::capacity(0));
  // It is named by `slot`, so it has to stay valid as if it had been loaded.
  static_cast<void>(guard.confirm());
  std::uint32_t expected = CellRef{}.bits();
  if (path.words[path.depth]->compare_exchange_strong(expected, grafted.bits())) return true;
  builder.discard(grafted);
  return false;
}

CellTree::Outcome CellTree::exchange(CellRef bucket, std::uint32_t entity, Hint from, Hint to,
                                     Slot& slot) noexcept {
  const auto at = words(bucket);
  std::size_t position = CellBuilder::first_position(entity, at.size());
  for (std::size_t tried = 0; tried < at.size();
       ++tried, position = position + 1 == at.size() ? 0 : position + 1) {
    std::uint64_t found = at[position].load();
    if (found == from.bits() && at[position].compare_exchange_strong(found, to.bits())) {
      slot = {.bucket = bucket.index(), .position = static_cast<std::uint32_t>(position)};
      return Outcome::done;
    }
    if (is_frozen(found)) return Outcome::frozen;
  }
  return Outcome::missing;
}

// After a removal: a bucket that has become far too large is replaced, and so are the nodes above it that
// have become too many.
void CellTree::tidy(Reclamation::Guard& guard, Path& path) noexcept {
  const auto at = words(path.end());
  if (at.size() > always_counted && path.at.x % 4 != 0) return;
  const std::size_t left = count(at);
  if (left > (path.end().bucket_size() == 0 ? 0 : at.size() / 3)) return;
  replace_bucket(guard, path);
  while (path.depth != 0) {
    --path.depth;
    if (!is_worth_joining(guard, path.end(), path.depth)) return;
    replace_node(guard, *path.words[path.depth], path.end(), path.depth);
  }
}

bool CellTree::is_worth_joining(Reclamation::Guard& guard, CellRef node, unsigned depth) const noexcept {
  std::size_t below = 0;
  for (unsigned which = 0; which < CellNode::children_count; ++which) {
    const CellRef ref{guard.load(child(node, which))};
    if (ref.is_frozen() || ref.is_node()) return false;
    if (ref.is_bucket()) below += depth < cells::least_bucket_depth ? joined_below + 1 : count(words(ref));
    if (below > joined_below) return false;
  }
  return true;
}

// Whoever gets here freezes, gathers and builds the same; one of them puts it in place.
void CellTree::replace_bucket(Reclamation::Guard& guard, Path& path) noexcept {
  const CellRef old = path.end();
  Gathered gathered;
  gathered.freeze(words(old));
  CellBuilder builder{pool_, guard.slot()};
  const CellRef built = builder.build(gathered.hints(), path.depth);
  std::uint32_t expected = old.bits();
  if (path.words[path.depth]->compare_exchange_strong(expected, built.bits())) {
    pool_.retire(guard.slot(), old.bucket_size(), old.index());
  } else {
    builder.discard(built);
  }
}

// A node is replaced by a bucket if that can hold all below it, else by a node like it: what is frozen can't
// be thawed. Threads may differ in that. One of them puts its own in place, and either is right: a bucket
// that was frozen in vain is replaced by the next who wants to change it.
//
// `node` isn't frozen: it is what a word said that was part of the tree in this operation.
void CellTree::replace_node(Reclamation::Guard& guard, Word& word, CellRef node, unsigned depth) noexcept {
  std::array<CellRef, CellNode::children_count> children;
  for (unsigned which = 0; which < children.size(); ++which) child(node, which).fetch_or(CellRef::frozen);
  for (unsigned which = 0; which < children.size(); ++which) {
    children[which] = CellRef{guard.load(child(node, which))}.thawed();
  }
  // If another thread has replaced the node, what it refers to may be out of use by now. A word that isn't
  // frozen is part of the tree, and so is then what it refers to; from here on this operation keeps it valid.
  if (word.load() != node.bits()) return;
  CellBuilder builder{pool_, guard.slot()};
  std::uint32_t expected = node.bits();

  Gathered gathered;
  if (join(children, depth, gathered)) {
    const CellRef joined = builder.build(gathered.hints(), depth);
    if (!word.compare_exchange_strong(expected, joined.bits())) return builder.discard(joined);
    for (const CellRef ref : children) {
      if (ref.is_bucket()) pool_.retire(guard.slot(), ref.bucket_size(), ref.index());
    }
  } else {
    const CellRef like_it = builder.build_node(children);
    if (!word.compare_exchange_strong(expected, like_it.bits())) return builder.discard_node(like_it);
  }
  pool_.retire(guard.slot(), CellNode::size, node.index());
}

// Freezes and gathers what is below a frozen node, if it fits a bucket.
bool CellTree::join(std::span<const CellRef> children, unsigned depth, Gathered& gathered) const noexcept {
  std::size_t below = 0;
  for (const CellRef ref : children) {
    if (ref.is_node() || (ref.is_bucket() && depth < cells::least_bucket_depth)) return false;
    if (ref.is_bucket()) below += count(words(ref));
  }
  if (below > CellBuilder::most_in_a_cell) return false;
  return std::ranges::all_of(children,
                             [&](CellRef ref) { return !ref.is_bucket() || gathered.freeze(words(ref)); });
}

}  // namespace geomatch::match
