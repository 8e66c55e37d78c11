#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include <geomatch/geo/vicinity.hpp>

#include "cell_tree.hpp"
#include "nearness.hpp"
#include "nominees.hpp"

namespace geomatch::match {

/// Goes through the cells of a tree around a centre, the nearer ones first, and offers what their hints name
/// to a `Collector` until nothing left can be within its reach. A Collector has
///   float reach_sq() const            a square of metres; it may only shrink
///   void offer(std::span<const Nominee>)
/// Every entity that stands still during the walk and is within reach is offered; so may be others, and some
/// twice.
template <typename Collector>
class CellWalk {
 public:
  CellWalk(Reclamation::Guard& guard, CellTree& tree, geo::Position center, const geo::Vicinity& vicinity,
           Collector& collector) noexcept
      : guard_(guard),
        tree_(tree),
        vicinity_(vicinity),
        collector_(collector),
        metres_east_(static_cast<float>(vicinity.metres_east)),
        metres_north_(static_cast<float>(vicinity.metres_north)),
        center_x_(CellPoint::from(center).x),
        center_y_(CellPoint::from(center).y) {}

  /// False: a node was met that is being replaced, and that may refer to what is out of use. The tree has
  /// been settled there; begin again with a renewed guard.
  [[nodiscard]] bool walk(unsigned cell_class) {
    cell_class_ = cell_class;
    is_torn_ = false;
    climb();
    if (vicinity_.width_e7 == geo::Vicinity::half_turn_e7) return !is_torn_;
    // Across the antimeridian: the same centre once more, seen from the other side.
    const std::int64_t home = center_x_;
    for (const std::int64_t image : {home - whole_turn, home + whole_turn}) {
      if (image + vicinity_.width_e7 < 0 || image - vicinity_.width_e7 > whole_turn) continue;
      center_x_ = image;
      visit({.ref = CellRef{guard_.load(tree_.root(cell_class))}, .depth = 0, .x = 0, .y = 0});
    }
    center_x_ = home;
    return !is_torn_;
  }

 private:
  static constexpr unsigned none = CellNode::children_count;
  static constexpr std::size_t fetched_ahead = 3;
  static constexpr std::int64_t whole_turn = 2 * geo::Vicinity::half_turn_e7;

  struct Cell {
    CellRef ref;
    unsigned depth;
    std::int64_t x, y;  // its south-western corner
  };

  // Down to the cell of the centre, then up again, through the neighbours on each level, until what is left
  // lies beyond the reach: with enough found near the centre, that is soon.
  void climb() {
    const CellPoint center{.x = static_cast<std::uint32_t>(center_x_),
                           .y = static_cast<std::uint32_t>(center_y_)};
    std::array<CellRef, cells::point_depth + 1> path;
    unsigned depth = 0;
    path[0] = CellRef{guard_.load(tree_.root(cell_class_))};
    for (; path[depth].is_node() && depth < cells::point_depth; ++depth) {
      const unsigned taken = cells::child(center, 0, depth);
      path[depth + 1] = CellRef{guard_.load(tree_.node(path[depth]).children[taken])};
      if (!is_valid(path[depth + 1], around_center(path[depth + 1], depth + 1))) return;
    }
    visit(around_center(path[depth], depth));
    for (; depth != 0 && !is_torn_ && !contains_reach(depth); --depth) {
      visit_children(around_center(path[depth - 1], depth - 1), cells::child(center, 0, depth - 1));
    }
  }

  // A frozen word may be part of a node that was taken out of the tree.
  bool is_valid(CellRef ref, const Cell& cell) {
    if (!ref.is_frozen() || !guard_.has_grown()) return true;
    is_torn_ = true;
    tree_.settle(guard_, cell_class_,
                 {.x = static_cast<std::uint32_t>(cell.x), .y = static_cast<std::uint32_t>(cell.y)});
    return false;
  }

  Cell around_center(CellRef ref, unsigned depth) const noexcept {
    const auto corner = ~static_cast<std::int64_t>(cells::side(depth) - 1);
    return {.ref = ref, .depth = depth, .x = center_x_ & corner, .y = center_y_ & corner};
  }

  // Whether nothing outside of the cell of the centre is within reach.
  bool contains_reach(unsigned depth) const noexcept {
    const auto side = static_cast<std::int64_t>(cells::side(depth));
    const std::int64_t from_west = center_x_ & (side - 1);
    const std::int64_t from_south = center_y_ & (side - 1);
    const auto east = static_cast<float>(std::min(from_west + 1, side - from_west)) * metres_east_;
    const auto north = static_cast<float>(std::min(from_south + 1, side - from_south)) * metres_north_;
    return std::min(square(east), square(north)) > collector_.reach_sq();
  }

  void visit(const Cell& cell) {
    if (cell.ref.is_node()) return visit_children(cell, none);
    if (cell.ref.is_bucket()) visit_bucket(cell);
  }

  // The nearest first; some are fetched ahead, but not all: most are seldom reached.
  void visit_children(const Cell& cell, unsigned except) {
    Children children{*this, cell, except};
    for (unsigned which = 0; children.has_frozen() && which < none; ++which) {
      const CellRef ref = children.ref(which);
      if (!is_valid(ref, child_of(cell, which, ref))) return;
    }
    std::array<Child, fetched_ahead> ahead;
    for (Child& child : ahead) child = children.next();
    for (std::size_t turn = 0;; turn = (turn + 1) % fetched_ahead) {
      const Child child = ahead[turn];
      if (is_torn_ || child.is_none() || child.nearness_sq() > collector_.reach_sq()) return;
      ahead[turn] = children.next();
      visit(child_of(cell, child.which(), children.ref(child.which())));
    }
  }

  static Cell child_of(const Cell& cell, unsigned which, CellRef ref) noexcept {
    if (cell.depth >= cells::point_depth)
      return {.ref = ref, .depth = cell.depth + 1, .x = cell.x, .y = cell.y};
    const auto side = static_cast<std::int64_t>(cells::side(cell.depth + 1));
    return {.ref = ref,
            .depth = cell.depth + 1,
            .x = cell.x + side * (which & 3),
            .y = cell.y + side * (which >> 2)};
  }

  // A child of a node and how near it is at least, in one word that sorts by nearness: the lowest bits of the
  // number, which only make it smaller, say which child it is. Signed, for that is what vectors compare.
  class Child {
   public:
    Child() noexcept = default;
    [[nodiscard]] static std::int32_t key(float nearness_sq, std::size_t which) noexcept {
      return (std::bit_cast<std::int32_t>(nearness_sq) & ~15) | static_cast<std::int32_t>(which);
    }
    static constexpr std::int32_t no_key = std::numeric_limits<std::int32_t>::max();
    explicit Child(std::int32_t its_key) noexcept : key_(its_key) {}

    [[nodiscard]] bool is_none() const noexcept { return key_ == no_key; }
    [[nodiscard]] float nearness_sq() const noexcept { return std::bit_cast<float>(key_ & ~15); }
    [[nodiscard]] unsigned which() const noexcept { return static_cast<unsigned>(key_) & 15U; }

   private:
    std::int32_t key_;
  };

  // The children of a node that are within reach, in the order of their nearness.
  class Children {
   public:
    Children(CellWalk& walk, const Cell& cell, unsigned except) : tree_(walk.tree_) {
      const CellNode& node = tree_.node(cell.ref);
      do {
        for (std::size_t i = 0; i < refs_.size(); ++i) refs_[i] = node.children[i].load();
      } while (!walk.guard_.confirm());

      const auto side =
          cell.depth < cells::point_depth ? static_cast<std::int64_t>(cells::side(cell.depth + 1)) : 0;
      std::array<float, 4> east_sq;
      std::array<float, 4> north_sq;
      for (std::int64_t i = 0; i < 4; ++i) {
        const auto nth = static_cast<std::size_t>(i);
        east_sq[nth] = square(gap(cell.x + side * i, side, walk.center_x_) * walk.metres_east_);
        north_sq[nth] = square(gap(cell.y + side * i, side, walk.center_y_) * walk.metres_north_);
      }
      const float reach_sq = walk.collector_.reach_sq();
      for (std::size_t row = 0; row < 4; ++row) {
        for (std::size_t column = 0; column < 4; ++column) {
          const std::size_t which = 4 * row + column;
          const float nearness_sq = east_sq[column] + north_sq[row];
          const bool counts = (refs_[which] & ~CellRef::frozen) != 0 && nearness_sq <= reach_sq;
          keys_[which] = counts ? Child::key(nearness_sq, which) : Child::no_key;
        }
      }
      if (except != none) keys_[except] = Child::no_key;
    }

    // The next, on its way into the cache.
    [[nodiscard]] Child next() noexcept {
      std::int32_t least = keys_[0];
      for (const std::int32_t key : keys_) least = std::min(least, key);
      const Child nearest{least};
      if (nearest.is_none()) return nearest;
      keys_[nearest.which()] = Child::no_key;
      tree_.prefetch(ref(nearest.which()));
      return nearest;
    }

    [[nodiscard]] CellRef ref(unsigned which) const noexcept { return CellRef{refs_[which]}; }
    [[nodiscard]] bool has_frozen() const noexcept {
      std::uint32_t all = 0;
      for (const std::uint32_t ref : refs_) all |= ref;
      return CellRef{all}.is_frozen();
    }

   private:
    const CellTree& tree_;
    std::array<std::uint32_t, CellNode::children_count> refs_;
    std::array<std::int32_t, CellNode::children_count> keys_;
  };

  void visit_bucket(const Cell& cell) {
    // Hints tell their place within a cell of this size. Floats hold such numbers exactly, 186 km around.
    constexpr std::int64_t hints_cell = ~std::int64_t{Hint::point_mask};
    const HintFrame frame{.west = static_cast<float>((cell.x & hints_cell) - center_x_),
                          .south = static_cast<float>((cell.y & hints_cell) - center_y_),
                          .metres_east = metres_east_,
                          .metres_north = metres_north_};
    const auto words = tree_.hints(cell.ref);
    std::array<std::uint64_t, CellBucket::largest> hints;
    std::array<std::int64_t, CellBucket::largest> keys;
    for (std::size_t i = 0; i < words.size(); ++i) hints[i] = words[i].load();
    reckon_nearness(std::span{hints}.first(words.size()), frame, keys.data());

    const std::int64_t farthest = Nominee{collector_.reach_sq(), ~0U}.key();
    std::array<Nominee, CellBucket::largest> batch;
    std::size_t count = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      batch[count] = Nominee{keys[i]};
      count += static_cast<std::size_t>(keys[i] <= farthest);
    }
    collector_.offer(std::span{batch}.first(count));
  }

  // How far `at` is from the interval of `length` units that begins at `first`; from `first` itself if that
  // is 0.
  static float gap(std::int64_t first, std::int64_t length, std::int64_t at) noexcept {
    const std::int64_t last = first + std::max<std::int64_t>(length - 1, 0);
    return static_cast<float>(std::max({first - at, at - last, std::int64_t{0}}));
  }

  static float square(float x) noexcept { return x * x; }

  Reclamation::Guard& guard_;
  CellTree& tree_;
  const geo::Vicinity& vicinity_;
  Collector& collector_;
  const float metres_east_;
  const float metres_north_;
  std::int64_t center_x_;
  const std::int64_t center_y_;
  unsigned cell_class_ = 0;
  bool is_torn_ = false;
};

}  // namespace geomatch::match
