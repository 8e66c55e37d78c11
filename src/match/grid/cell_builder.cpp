#include "cell_builder.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace geomatch::match {
namespace {

// Room to move: an entity that moves within a bucket is in it twice for a moment.
constexpr std::size_t room_for(std::size_t hints) noexcept {
  return hints + 1 + hints / 16;
}

}  // namespace

std::uint32_t CellBuilder::allocate(unsigned size) noexcept {
  const std::uint32_t index = pool_.allocate(slot_, size);
  if (index == 0) {
    // Inserts are refused long before, so that what removals take is there.
    std::fputs("geomatch: the map's memory is exhausted\n", stderr);
    std::abort();
  }
  return index;
}

// Relaxed throughout: published, with all that it refers to, by the exchange that puts it into the tree.

CellRef CellBuilder::build_bucket(std::span<const std::uint64_t> hints) noexcept {
  unsigned size = 0;
  while (CellBucket::capacity(size) < room_for(hints.size())) ++size;
  const std::size_t capacity = CellBucket::capacity(size);
  const CellRef bucket = CellRef::bucket(allocate(size), size);
  auto* const words = pool_.at<CellBucket>(bucket.index()).hints();
  for (std::size_t i = 0; i < capacity; ++i) words[i].store(0, std::memory_order_relaxed);
  for (const std::uint64_t hint : hints) {
    std::size_t position = first_position(Hint{hint}.entity(), capacity);
    while (words[position].load(std::memory_order_relaxed) != 0) position = (position + 1) % capacity;
    words[position].store(hint, std::memory_order_relaxed);
  }
  return bucket;
}

CellRef CellBuilder::build_node(const std::array<CellRef, CellNode::children_count>& children) noexcept {
  const CellRef node = CellRef::node(allocate(CellNode::size));
  auto& words = pool_.at<CellNode>(node.index()).children;
  for (std::size_t i = 0; i < children.size(); ++i) {
    words[i].store(children[i].bits(), std::memory_order_relaxed);
  }
  return node;
}

CellRef CellBuilder::build(std::span<std::uint64_t> hints, unsigned depth) noexcept {
  if (hints.empty()) return CellRef{};
  // At the greatest depth all are one entity's at one point: as many as there are threads moving it there.
  if (hints.size() <= most_in_a_cell || depth == cells::max_depth) return build_bucket(hints);
  return split(hints, depth);
}

CellRef CellBuilder::split(std::span<std::uint64_t> hints, unsigned depth) noexcept {
  const auto child_of = [depth](std::uint64_t hint) { return cells::child(Hint{hint}, depth); };
  std::ranges::sort(hints, {}, child_of);
  std::array<CellRef, CellNode::children_count> children;
  for (auto first = hints.begin(); first != hints.end();) {
    const unsigned which = child_of(*first);
    const auto last =
        std::find_if(first, hints.end(), [&](std::uint64_t hint) { return child_of(hint) != which; });
    children[which] = build({first, last}, depth + 1);
    first = last;
  }
  return build_node(children);
}

CellRef CellBuilder::build_path(CellPoint at, std::uint32_t entity, unsigned depth,
                                std::uint32_t& bucket) noexcept {
  const std::uint64_t hint = Hint{at, entity}.bits();
  CellRef path = build_bucket({&hint, 1});
  bucket = path.index();
  for (unsigned above = cells::least_bucket_depth; above > depth; --above) {
    std::array<CellRef, CellNode::children_count> children;
    children[cells::child(at, entity, above - 1)] = path;
    path = build_node(children);
  }
  return path;
}

void CellBuilder::discard(CellRef built) noexcept {
  if (built.is_empty()) return;
  if (built.is_bucket()) return pool_.discard(slot_, built.bucket_size(), built.index());
  for (const auto& child : pool_.at<CellNode>(built.index()).children) {
    discard(CellRef{child.load(std::memory_order_relaxed)});
  }
  discard_node(built);
}

void CellBuilder::discard_node(CellRef node) noexcept {
  pool_.discard(slot_, CellNode::size, node.index());
}

}  // namespace geomatch::match
