#pragma once

#include <cstdint>
#include <vector>

#include <geomatch/geo/cell.hpp>
#include <geomatch/geo/cell_span.hpp>
#include <geomatch/geo/position.hpp>

namespace geomatch::geo {

/// How the globe is cut into cells. Immutable, so safe from any thread.
class CellGrid {
 public:
  /// `cell_height_deg`: from 0.0001 to 90; a row is 111 km times that high.
  explicit CellGrid(double cell_height_deg);

  [[nodiscard]] std::int32_t rows() const noexcept { return rows_; }
  [[nodiscard]] std::int32_t columns(std::int32_t row) const noexcept;

  /// The one cell that `position` lies in. The antimeridian is the western edge of column 0 whichever sign it
  /// is written with; at a pole every longitude falls into a cell of the pole's row.
  [[nodiscard]] Cell cell_of(Position position) const noexcept;

  /// Cells that together hold every place within `radius_m` (inclusive) of `center`, and some others: one span a
  /// row, the rows without a gap from south to north. A radius as large as the globe gives all cells.
  [[nodiscard]] std::vector<CellSpan> covering(Position center, double radius_m) const;

 private:
  [[nodiscard]] std::int32_t row_of(double lat_deg) const noexcept;
  [[nodiscard]] std::int32_t column_of(std::int32_t row, double lon_deg) const noexcept;

  double cell_height_deg_;
  std::int32_t rows_;
};

}  // namespace geomatch::geo
