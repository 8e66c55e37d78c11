#include <random>
#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

#include <geomatch/geo/cell_grid.hpp>
#include <geomatch/geo/distance.hpp>

#include "support/seed.hpp"

namespace geomatch::geo {
namespace {

std::set<Cell> cells_of(const CellGrid& grid, const std::vector<CellSpan>& spans) {
  std::set<Cell> cells;
  for (const CellSpan& span : spans) {
    const std::int32_t around = grid.columns(span.row);
    EXPECT_LE(span.count, around);
    for (std::int32_t i = 0; i < span.count; ++i) {
      const Cell cell{.row = span.row, .column = (span.first_column + i) % around};
      EXPECT_TRUE(cells.insert(cell).second) << "named twice: " << cell.row << ' ' << cell.column;
    }
  }
  return cells;
}

TEST(CellGrid, RefusesSillyHeights) {
  EXPECT_THROW(CellGrid{0.0}, std::invalid_argument);
  EXPECT_THROW(CellGrid{91.0}, std::invalid_argument);
}

TEST(CellGrid, APoleIsOneCell) {
  const CellGrid grid{0.01};
  EXPECT_EQ(grid.cell_of(Position::from_degrees(90, 0)), grid.cell_of(Position::from_degrees(90, 123)));
  EXPECT_EQ(grid.cell_of(Position::from_degrees(-90, 0)), grid.cell_of(Position::from_degrees(-90, -123)));
}

TEST(CellGrid, TheAntimeridianIsInOneCell) {
  const CellGrid grid{0.01};
  EXPECT_EQ(grid.cell_of(Position::from_degrees(5, 180)), grid.cell_of(Position::from_degrees(5, -180)));
}

TEST(CellGrid, NoCellIsNarrowerThanItIsHigh) {
  const CellGrid grid{0.5};
  for (std::int32_t row = 1; row + 1 < grid.rows(); ++row) {
    const double lat = std::max(std::abs(-90 + row * 0.5), std::abs(-90 + (row + 1) * 0.5));
    const double width_deg = 360.0 / grid.columns(row);
    if (grid.columns(row) == 1) continue;
    EXPECT_GE(width_deg * std::cos(lat * 3.14159265358979 / 180), 0.5 - 1e-9) << row;
  }
}

TEST(CellGrid, TheWholeGlobeIsCovered) {
  const CellGrid grid{10};
  std::int64_t all = 0;
  for (std::int32_t row = 0; row < grid.rows(); ++row) all += grid.columns(row);
  const auto cells = cells_of(grid, grid.covering(Position::from_degrees(12, 34), 2.1e7));
  EXPECT_EQ(static_cast<std::int64_t>(cells.size()), all);
}

// Every place within the radius lies in a cell of the covering, above all at the poles and the antimeridian.
TEST(CellGrid, CoversEveryPlaceWithinTheRadius) {
  std::mt19937_64 random{test::seed()};
  const CellGrid grid{0.01};
  const double special_lats[] = {0, 31.2, 60, 89, 89.9, 89.99, 89.9999, 90, -89.99, -90};
  const double special_lons[] = {0, 179.99, 180, -180, -179.999, 121.5};
  std::uniform_real_distribution<double> unit{-1, 1};
  std::size_t within = 0;
  for (int round = 0; round < 400; ++round) {
    const double lat = special_lats[random() % std::size(special_lats)];
    const double lon = special_lons[random() % std::size(special_lons)];
    const Position center = Position::from_degrees(lat, lon);
    const double radius_m = std::pow(10.0, 1 + 3.7 * std::abs(unit(random)));  // 10 m to 50 km
    const auto cells = cells_of(grid, grid.covering(center, radius_m));
    const auto origin = EarthPoint::from(center);
    for (int i = 0; i < 200; ++i) {
      const double span_deg = 1.2 * radius_m / 111'000;
      double other_lat = lat + span_deg * unit(random);
      double other_lon = lon + (std::abs(lat) > 89 ? 180 * unit(random) : span_deg * 60 * unit(random));
      if (i % 2 == 0 && std::abs(lat) < 89)
        other_lon = lon + span_deg / std::cos(lat / 57.29578) * unit(random);
      if (other_lat > 90) other_lat = 180 - other_lat;
      if (other_lat < -90) other_lat = -180 - other_lat;
      const Position other = Position::from_degrees(other_lat, std::remainder(other_lon, 360));
      if (distance_m(origin, EarthPoint::from(other)) > radius_m) continue;
      ++within;
      ASSERT_TRUE(cells.contains(grid.cell_of(other)))
          << "center " << lat << ' ' << lon << " radius " << radius_m << " place " << other.lat_deg() << ' '
          << other.lon_deg();
    }
  }
  EXPECT_GT(within, 1000U);
}

}  // namespace
}  // namespace geomatch::geo
