#include "places.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <numbers>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>

namespace geomatch::load {
namespace {

std::int32_t units(double degrees) {
  return static_cast<std::int32_t>(std::lround(degrees * units_per_degree));
}

// A file's text, unpacked if it is packed. gzip passes on what isn't.
std::string text_of(const std::filesystem::path& file) {
  std::string quoted = "'";
  for (const char c : file.string()) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  const std::string command = "exec gzip -dcf -- " + quoted + "'";
  FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("can't run gzip to read " + file.string());
  std::string text;
  std::array<char, 65536> chunk{};
  while (const std::size_t got = std::fread(chunk.data(), 1, chunk.size(), pipe)) {
    text.append(chunk.data(), got);
  }
  if (pclose(pipe) != 0) throw std::runtime_error("can't read " + file.string() + " (gzip said why)");
  return text;
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

// The field's number in a line, without the quotes around it.
std::string_view field(std::string_view line, std::size_t number) {
  for (; number > 0; --number) {
    const std::size_t comma = line.find(',');
    if (comma == std::string_view::npos) return {};
    line.remove_prefix(comma + 1);
  }
  line = line.substr(0, line.find_first_of(",\r"));
  if (line.size() >= 2 && line.front() == '"' && line.back() == '"') line = line.substr(1, line.size() - 2);
  return line;
}

// Which column has this name, or -1.
int column(std::string_view header, std::string_view name) {
  const auto columns = 1 + std::ranges::count(header, ',');
  for (int i = 0; i < columns; ++i) {
    const std::string_view title = field(header, static_cast<std::size_t>(i));
    const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
    if (std::ranges::equal(title, name, same)) return i;
  }
  return -1;
}

// False for what isn't a number of degrees within `most`, and for what would leave it when moved a little.
bool read_degrees(std::string_view text, double most, double& degrees) {
  const std::string copy{text};
  char* end = nullptr;
  degrees = std::strtod(copy.c_str(), &end);
  return !copy.empty() && *end == '\0' && std::abs(degrees) < most - 0.001;
}

std::vector<Place> read_places(const std::filesystem::path& file) {
  const std::string text = text_of(file);
  std::string_view rest = text;
  const std::string_view header = take_line(rest);
  const int lat = column(header, "lat");
  const int lon = column(header, "lon");
  if (lat < 0 || lon < 0) {
    throw std::runtime_error(file.string() + " needs a first line with the columns lat and lon");
  }
  std::vector<Place> places;
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    double lat_deg = 0;
    double lon_deg = 0;
    if (read_degrees(field(line, static_cast<std::size_t>(lat)), 90, lat_deg) &&
        read_degrees(field(line, static_cast<std::size_t>(lon)), 180, lon_deg)) {
      places.push_back({.lat_e7 = units(lat_deg), .lon_e7 = units(lon_deg)});
    }
  }
  if (places.empty()) throw std::runtime_error(file.string() + " has no positions");
  return places;
}

}  // namespace

std::vector<Place> city_places(std::size_t count, std::uint64_t seed) {
  std::mt19937_64 random{seed};
  std::uniform_real_distribution<double> lat{31.0, 31.45};
  std::uniform_real_distribution<double> lon{121.0, 121.525};
  std::vector<Place> places(count);
  for (Place& place : places) place = {.lat_e7 = units(lat(random)), .lon_e7 = units(lon(random))};
  return places;
}

std::vector<Place> uniform_places(std::size_t count, double most_lat_deg, std::uint64_t seed) {
  std::mt19937_64 random{seed};
  const double most_sine = std::sin(most_lat_deg * std::numbers::pi / 180);
  std::uniform_real_distribution<double> sine{-most_sine, most_sine};
  std::uniform_real_distribution<double> lon{-180, 180};
  std::vector<Place> places(count);
  for (Place& place : places) {
    place = {.lat_e7 = units(std::asin(sine(random)) * 180 / std::numbers::pi), .lon_e7 = units(lon(random))};
  }
  return places;
}

std::vector<Place> places_from(const std::filesystem::path& file, std::size_t count, std::uint64_t seed) {
  const std::vector<Place> real = read_places(file);
  std::mt19937_64 random{seed};
  std::uniform_int_distribution<std::size_t> which{0, real.size() - 1};
  std::uniform_int_distribution<std::int32_t> nudge_e7{-500, 500};
  std::vector<Place> places(count);
  for (Place& place : places) {
    place = real[which(random)];
    place.lat_e7 += nudge_e7(random);
    place.lon_e7 += nudge_e7(random);
  }
  return places;
}

}  // namespace geomatch::load
