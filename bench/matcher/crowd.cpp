#include "crowd.hpp"

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace geomatch::bench {
namespace {

constexpr double city_metres_per_degree_north = 110'860;
constexpr double city_metres_per_degree_east = 95'300;

std::vector<geo::Position> read_pick_ups() {
  const char* const set = std::getenv("GEOMATCH_SHARED_DATA");
  const std::string folder = set != nullptr ? set : GEOMATCH_SHARED_DATA;
  const std::string command = "gzip -dc '" + folder + "/uber-nyc-2014-04.csv.gz' 2>/dev/null";
  const std::unique_ptr<FILE, int (*)(FILE*)> rows{popen(command.c_str(), "r"), pclose};
  std::vector<geo::Position> places;
  char row[256];
  while (rows && std::fgets(row, sizeof row, rows.get()) != nullptr) {
    double lat = 0;
    double lon = 0;
    if (std::sscanf(row, "%*[^,],%lf,%lf", &lat, &lon) == 2) {
      places.push_back(geo::Position::from_degrees(lat, lon));
    }
  }
  return places;
}

double unit(std::uint64_t bits) noexcept {
  return static_cast<double>(bits >> 11) * 0x1p-53;
}

}  // namespace

geo::Position Box::place(std::uint64_t seed) const noexcept {
  const std::uint64_t bits = scramble(seed);
  return geo::Position::from_degrees(south + (north - south) * unit(bits),
                                     west + (east - west) * unit(scramble(bits)));
}

const std::vector<geo::Position>& pick_ups() {
  static const std::vector<geo::Position> places = read_pick_ups();
  return places;
}

geo::Position moved(geo::Position from, double north_m, double east_m) noexcept {
  return {.lat_e7 = from.lat_e7 + static_cast<std::int32_t>(north_m / city_metres_per_degree_north * 1e7),
          .lon_e7 = from.lon_e7 + static_cast<std::int32_t>(east_m / city_metres_per_degree_east * 1e7)};
}

void write_fix(model::Fix& fix, std::uint64_t number, geo::Position position, std::uint64_t nth) {
  char id[16] = "phone-";
  const auto end = std::to_chars(id + 6, id + sizeof id, number).ptr;
  fix.id.assign(id, end);
  fix.position = position;
  fix.timestamp = epoch + model::Milliseconds{nth};
  fix.received_at = fix.timestamp;
  fix.ttl = model::Fix::max_ttl;
}

}  // namespace geomatch::bench
