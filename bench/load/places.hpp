#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "place.hpp"

namespace geomatch::load {

/// Evenly over 50 x 50 km.
[[nodiscard]] std::vector<Place> city_places(std::size_t count, std::uint64_t seed);

/// Evenly over the globe, poles left out from `most_lat_deg` on.
[[nodiscard]] std::vector<Place> uniform_places(std::size_t count, double most_lat_deg, std::uint64_t seed);

/// Drawn from a CSV file, plain or gzip's, whose first line names a column "lat" and a column "lon", in
/// whatever case; each moved by up to 6 m, since files repeat themselves. Throws std::runtime_error if it
/// can't be read.
[[nodiscard]] std::vector<Place> places_from(const std::filesystem::path& file, std::size_t count,
                                             std::uint64_t seed);

}  // namespace geomatch::load
