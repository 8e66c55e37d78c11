#include "real_posts.hpp"

#include <algorithm>
#include <sstream>

#include "support/shared_data.hpp"

namespace geomatch::test {
namespace {

struct Place {
  std::string lat, lon;
};

std::vector<Place> pick_ups() {
  std::istringstream lines{unzipped(shared_data() / "uber-nyc-2014-04.csv.gz")};
  std::vector<Place> places;
  std::string line;
  std::getline(lines, line);  // the header
  while (std::getline(lines, line)) {
    std::istringstream fields{line};
    Place place;
    std::getline(fields, line, ',');  // the time
    std::getline(fields, place.lat, ',');
    std::getline(fields, place.lon, ',');
    places.push_back(std::move(place));
  }
  return places;
}

std::vector<Place> cab_track(const std::string& file) {
  std::istringstream lines{unzipped(shared_data() / file)};
  std::vector<Place> places;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields{line};
    Place place;
    fields >> place.lat >> place.lon;
    places.push_back(std::move(place));
  }
  std::ranges::reverse(places);  // the file has the newest first
  return places;
}

RealPost post_of(std::string id, const Place& place, const std::string& role, const std::string& more) {
  std::string body = R"({"id":")" + id + R"(","lat":)" + place.lat + R"(,"lon":)" + place.lon +
                     R"(,"role":")" + role + R"(","seek":")" + role + R"(","ttl_s":86400)" + more + "}";
  return {.id = std::move(id), .body = std::move(body)};
}

}  // namespace

std::vector<Script> real_posts(std::size_t connections, std::size_t stride) {
  std::vector<Script> scripts(connections);
  const auto role = [](const char* what, std::size_t connection) {
    return what + ("-" + std::to_string(connection));
  };

  const auto riders = pick_ups();
  for (std::size_t i = 0; i < riders.size(); i += stride) {
    const std::size_t connection = i / stride % connections;
    scripts[connection].push_back(post_of("rider-" + std::to_string(i), riders[i], role("rider", connection),
                                          R"(,"attributes":{"row":)" + std::to_string(i) + "}"));
  }
  // Both cabs drive on every connection, each along its part of the track.
  for (const std::string cab : {"abboip", "aiwalb"}) {
    const auto track = cab_track("sf-cab-" + cab + ".txt.gz");
    const std::size_t part = track.size() / connections + 1;
    for (std::size_t i = 0; i < track.size(); i += stride) {
      const std::size_t connection = i / part;
      scripts[connection].push_back(post_of("cab-" + cab + "-" + std::to_string(connection), track[i],
                                            role("driver", connection),
                                            R"(,"radius_m":50000,"uuid":")" + std::to_string(i) + "\""));
    }
  }
  return scripts;
}

}  // namespace geomatch::test
