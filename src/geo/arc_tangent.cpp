#include "arc_tangent.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace geomatch::geo {
namespace {

constexpr int steps = 64;
constexpr std::array turned_from{0.0, 90.0};
constexpr std::array signs{1.0, -1.0};
constexpr double degrees_per_radian = 180.0 / std::numbers::pi;

// The series of the arc tangent, for |t| up to 1/64.
constexpr double short_arc_tangent(double t) noexcept {
  const double square = t * t;
  return t * (1.0 - square * (1.0 / 3 - square * (1.0 / 5 - square * (1.0 / 7 - square * (1.0 / 9)))));
}

// Arc tangents of i / 64 in degrees, each from the one before: of b less that of a is that of (b - a) / (1 +
// a b).
constexpr auto table = [] {
  std::array<double, steps + 1> arcs{};
  double radians = 0;
  for (int i = 1; i <= steps; ++i) {
    const double a = static_cast<double>(i - 1) / steps;
    const double b = static_cast<double>(i) / steps;
    radians += short_arc_tangent((b - a) / (1 + a * b));
    arcs[static_cast<std::size_t>(i)] = radians * degrees_per_radian;
  }
  return arcs;
}();

}  // namespace

double arc_tangent_deg(double y, double x) noexcept {
  const double wide = std::max(std::abs(x), std::abs(y));
  const double narrow = std::min(std::abs(x), std::abs(y));
  if (wide == 0.0) return 0.0;
  const auto step = static_cast<std::size_t>(narrow / wide * steps + 0.5);
  const double near = static_cast<double>(step) / steps;
  const double octant =
      table[step] + short_arc_tangent((narrow - near * wide) / (wide + near * narrow)) * degrees_per_radian;
  // Which octant it is in is as good as random: looked up, a branch guessed wrong costs more.
  const std::size_t is_steep = std::abs(y) > std::abs(x) ? 1 : 0;
  const std::size_t is_backward = std::signbit(x) ? 1 : 0;
  const double quadrant = turned_from[is_steep] + signs[is_steep] * octant;
  return std::copysign(2 * turned_from[is_backward] + signs[is_backward] * quadrant, y);
}

}  // namespace geomatch::geo
