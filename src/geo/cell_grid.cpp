#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <geomatch/geo/cell_grid.hpp>
#include <geomatch/geo/wgs84.hpp>

#include "angles.hpp"

namespace geomatch::geo {
namespace {

// Covers what the sphere that bounds a circle leaves out: the ellipsoid's parallels are up to 0.34% longer
// than a sphere's of its least curvature, and latitudes are geodetic.
constexpr double safety_factor = 1.01;

// How far east or west of its centre a circle of `radius_rad` on the unit sphere reaches; half a turn where
// it contains a pole.
double half_width_deg(double lat_deg, double radius_rad) noexcept {
  const double cos_lat = std::cos(lat_deg * radians_per_degree);
  const double sine = radius_rad < std::numbers::pi / 2 ? std::sin(radius_rad) : 1.0;
  if (sine >= cos_lat) return 180.0;
  return std::min(180.0, safety_factor * std::asin(sine / cos_lat) / radians_per_degree);
}

}  // namespace

CellGrid::CellGrid(double cell_height_deg)
    : cell_height_deg_(cell_height_deg),
      rows_(static_cast<std::int32_t>(std::ceil(180.0 / cell_height_deg))) {
  if (!(cell_height_deg >= 0.0001 && cell_height_deg <= 90.0)) {
    throw std::invalid_argument("CellGrid: a cell's height must be from 0.0001 to 90 degrees");
  }
}

std::int32_t CellGrid::columns(std::int32_t row) const noexcept {
  const double south_deg = -90.0 + row * cell_height_deg_;
  const double north_deg = south_deg + cell_height_deg_;
  if (row == 0 || row == rows_ - 1) return 1;
  // At the row's narrower edge, so that no cell is narrower than it is high.
  const double widest_lat = std::max(std::abs(south_deg), std::abs(north_deg));
  const double around = 360.0 * std::cos(widest_lat * radians_per_degree) / cell_height_deg_;
  return std::max(1, static_cast<std::int32_t>(around));
}

std::int32_t CellGrid::row_of(double lat_deg) const noexcept {
  const auto row = static_cast<std::int32_t>(std::floor((lat_deg + 90.0) / cell_height_deg_));
  return std::clamp(row, 0, rows_ - 1);
}

std::int32_t CellGrid::column_of(std::int32_t row, double lon_deg) const noexcept {
  const std::int32_t count = columns(row);
  const auto column = static_cast<std::int32_t>(std::floor((lon_deg + 180.0) / 360.0 * count));
  return ((column % count) + count) % count;
}

Cell CellGrid::cell_of(Position position) const noexcept {
  const std::int32_t row = row_of(position.lat_deg());
  return {.row = row, .column = column_of(row, position.lon_deg())};
}

std::vector<CellSpan> CellGrid::covering(Position center, double radius_m) const {
  const double radius_rad = safety_factor * radius_m / wgs84::least_curvature_radius_m;
  const double radius_deg = radius_rad / radians_per_degree;
  const double lat_deg = center.lat_deg();
  const double lon_deg = center.lon_deg();
  const double width_deg = half_width_deg(lat_deg, radius_rad);

  const std::int32_t last_row = row_of(std::min(90.0, lat_deg + radius_deg));
  std::vector<CellSpan> spans;
  for (std::int32_t row = row_of(std::max(-90.0, lat_deg - radius_deg)); row <= last_row; ++row) {
    const std::int32_t around = columns(row);
    const std::int32_t first = column_of(row, lon_deg - width_deg);
    const std::int32_t last = column_of(row, lon_deg + width_deg);
    const std::int32_t count = ((last - first + around) % around) + 1;
    // Nearly a whole turn may end in the cell it began in, having gone around.
    const bool whole_row = 2.0 * width_deg + 360.0 / around >= 360.0;
    spans.push_back(whole_row ? CellSpan{.row = row, .first_column = 0, .count = around}
                              : CellSpan{.row = row, .first_column = first, .count = count});
  }
  return spans;
}

}  // namespace geomatch::geo
