#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include <geomatch/geo/vicinity.hpp>

#include "cell_tree.hpp"
#include "nominee.hpp"

namespace geomatch::match {

/// Goes through the cells of a tree around a centre, the nearer ones first, and offers what their hints name to
/// a `Collector` until nothing left can be within its reach. A Collector has
///   float reach_sq() const            a square of metres; it may only shrink
///   void offer(std::span<const Nominee>)
/// Every entity that stands still during the walk and is within reach is offered; so may be others, and some twice.
template <typename Collector>
class CellWalk {
 public:
  CellWalk(Reclamation::Guard& guard, const CellTree& tree, geo::Position center, const geo::Vicinity& vicinity,
           Collector& collector) noexcept
      : guard_(guard),
        tree_(tree),
        vicinity_(vicinity),
        collector_(collector),
        metres_east_(static_cast<float>(vicinity.metres_east)),
        metres_north_(static_cast<float>(vicinity.metres_north)),
        center_x_(CellPoint::from(center).x),
        center_y_(CellPoint::from(center).y) {}

  void walk(unsigned cell_class) {
    const std::int64_t home = center_x_;
    walk_from_center(cell_class);
    if (vicinity_.width_e7 == geo::Vicinity::half_turn_e7) return;
    // Across the antimeridian: the same centre once more, seen from the other side.
    for (const std::int64_t image : {home - whole_turn, home + whole_turn}) {
      if (image + vicinity_.width_e7 < 0 || image - vicinity_.width_e7 > whole_turn) continue;
      center_x_ = image;
      walk_from_center(cell_class);
    }
    center_x_ = home;
  }

 private:
  static constexpr std::int64_t whole_turn = 2 * geo::Vicinity::half_turn_e7;

  struct Cell {
    CellRef ref;
    unsigned depth;
    std::int64_t x, y;  // its south-western corner
  };
  struct Child {
    float nearness_sq;
    CellRef ref;
    unsigned which;
  };

  // Straight down as long as all that is within the radius lies in one child.
  void walk_from_center(unsigned cell_class) {
    const std::int64_t west = std::max<std::int64_t>(0, center_x_ - vicinity_.width_e7);
    const std::int64_t east = std::min(whole_turn, center_x_ + vicinity_.width_e7);
    const std::int64_t south = std::max<std::int64_t>(0, center_y_ - vicinity_.height_e7);
    const std::int64_t north = std::min(whole_turn, center_y_ + vicinity_.height_e7);
    Cell cell{.ref = CellRef{guard_.load(tree_.root(cell_class))}, .depth = 0, .x = 0, .y = 0};
    while (cell.ref.is_node() && cell.depth < cells::point_depth) {
      const unsigned shift = 30 - 2 * cell.depth;
      if (west >> shift != east >> shift || south >> shift != north >> shift) break;
      const unsigned which = static_cast<unsigned>((south >> shift & 3) << 2 | (west >> shift & 3));
      cell = {.ref = CellRef{guard_.load(tree_.node(cell.ref).children[which])},
              .depth = cell.depth + 1,
              .x = west >> shift << shift,
              .y = south >> shift << shift};
    }
    visit(cell);
  }

  void visit(const Cell& cell) {
    if (cell.ref.is_node()) return visit_node(cell);
    if (cell.ref.is_bucket()) visit_bucket(cell);
  }

  void visit_node(const Cell& cell) {
    std::array<Child, CellNode::children_count> children;
    const std::size_t count = within_reach(cell, children);
    for (const Child& child : std::span{children}.first(count)) prefetch(child.ref);
    const auto side = static_cast<std::int64_t>(cells::side(cell.depth + 1));
    const bool is_cut = cell.depth < cells::point_depth;
    for (const Child& child : std::span{children}.first(count)) {
      if (child.nearness_sq > collector_.reach_sq()) return;
      visit({.ref = child.ref,
             .depth = cell.depth + 1,
             .x = is_cut ? cell.x + side * (child.which & 3) : cell.x,
             .y = is_cut ? cell.y + side * (child.which >> 2) : cell.y});
    }
  }

  // Nearest first.
  std::size_t within_reach(const Cell& cell, std::array<Child, CellNode::children_count>& children) {
    const CellNode& node = tree_.node(cell.ref);
    std::array<CellRef, CellNode::children_count> refs;
    do {
      for (std::size_t i = 0; i < refs.size(); ++i) refs[i] = CellRef{node.children[i].load()};
    } while (!guard_.confirm());

    const bool is_cut = cell.depth < cells::point_depth;
    const auto side = is_cut ? static_cast<std::int64_t>(cells::side(cell.depth + 1)) : 0;
    std::array<float, 4> east_sq;
    std::array<float, 4> north_sq;
    for (std::int64_t i = 0; i < 4; ++i) {
      const auto nth = static_cast<std::size_t>(i);
      east_sq[nth] = square(gap(cell.x + side * i, side, center_x_) * metres_east_);
      north_sq[nth] = square(gap(cell.y + side * i, side, center_y_) * metres_north_);
    }
    const float reach_sq = collector_.reach_sq();
    std::size_t count = 0;
    for (unsigned which = 0; which < refs.size(); ++which) {
      const float nearness_sq = east_sq[which & 3] + north_sq[which >> 2];
      if (refs[which].is_empty() || nearness_sq > reach_sq) continue;
      std::size_t place = count++;
      for (; place != 0 && children[place - 1].nearness_sq > nearness_sq; --place) {
        children[place] = children[place - 1];
      }
      children[place] = {.nearness_sq = nearness_sq, .ref = refs[which], .which = which};
    }
    return count;
  }

  void visit_bucket(const Cell& cell) {
    // Hints tell their place within a cell of this size. Floats hold such numbers exactly, 186 km around.
    constexpr std::int64_t hints_cell = ~std::int64_t{Hint::point_mask};
    const auto west = static_cast<float>((cell.x & hints_cell) - center_x_);
    const auto south = static_cast<float>((cell.y & hints_cell) - center_y_);
    const float reach_sq = collector_.reach_sq();
    std::array<Nominee, CellBucket::largest> batch;
    std::size_t count = 0;
    for (const auto& word : tree_.hints(cell.ref)) {
      const Hint hint{word.load()};
      const float east_m = (west + static_cast<float>(hint.x())) * metres_east_;
      const float north_m = (south + static_cast<float>(hint.y())) * metres_north_;
      const float nearness_sq = square(east_m) + square(north_m);
      batch[count] = {nearness_sq, hint.entity()};
      count += static_cast<std::size_t>(nearness_sq <= reach_sq && hint.entity() != 0);
    }
    collector_.offer(std::span{batch}.first(count));
  }

  void prefetch(CellRef ref) const noexcept {
    constexpr std::size_t line = 64;
    constexpr std::size_t most_lines = 4;  // the rest comes by itself, being read in order
    const auto* const at = reinterpret_cast<const char*>(&tree_.node(ref));
    const std::size_t lines = ref.is_node() ? 2 : std::size_t{1} << ref.bucket_size();
    for (std::size_t i = 0; i < std::min(lines, most_lines); ++i) __builtin_prefetch(at + i * line);
  }

  // How far `at` is from the interval of `length` units that begins at `first`; from `first` itself if that is 0.
  static float gap(std::int64_t first, std::int64_t length, std::int64_t at) noexcept {
    const std::int64_t last = first + std::max<std::int64_t>(length - 1, 0);
    return static_cast<float>(std::max({first - at, at - last, std::int64_t{0}}));
  }

  static float square(float x) noexcept { return x * x; }

  Reclamation::Guard& guard_;
  const CellTree& tree_;
  const geo::Vicinity& vicinity_;
  Collector& collector_;
  const float metres_east_;
  const float metres_north_;
  std::int64_t center_x_;
  const std::int64_t center_y_;
};

}  // namespace geomatch::match
