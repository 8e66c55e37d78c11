// The load generator: see README.md beside this, and --help.
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <fstream>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sched.h>

#include "endpoint.hpp"
#include "generator.hpp"
#include "options.hpp"
#include "places.hpp"
#include "progress.hpp"
#include "report.hpp"
#include "requests.hpp"

namespace geomatch::load {
namespace {

void pin_to(int cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(static_cast<unsigned>(cpu), &set);
  if (sched_setaffinity(0, sizeof set, &set) != 0) {
    throw std::runtime_error(fmt::format("--cpu {}: {}", cpu, std::strerror(errno)));
  }
}

std::vector<Place> places(const Options& options) {
  if (!options.city_file.empty()) return places_from(options.city_file, options.entities, options.seed);
  if (options.area == Area::city) return city_places(options.entities, options.seed);
  constexpr double most_of_redis_deg = 85;  // it knows the places of Mercator's map
  const double most_lat_deg = options.protocol == Protocol::redis ? most_of_redis_deg : 90;
  return uniform_places(options.entities, most_lat_deg, options.seed);
}

void write_json(const Report& report, const std::string& file) {
  const std::string text = report.json().dump(2) + "\n";
  if (file == "-") {
    fmt::print(stdout, "{}", text);
  } else if (!(std::ofstream{file} << text)) {
    throw std::runtime_error("--json: can't write " + file);
  }
}

int run(const Options& options) {
  if (options.cpu) pin_to(*options.cpu);
  const Endpoint endpoint = resolve(options.target);
  if (!options.server_pids.empty()) (void)process_cost(options.server_pids, options.with_children);
  Requests requests{{.protocol = options.protocol,
                     .host = options.target,
                     .path = options.path,
                     .limit = options.limit,
                     .body_bytes = options.body_bytes},
                    places(options),
                    options.seed};
  Generator generator{options, endpoint, requests};
  generator.connect();
  if (options.preload) generator.preload();
  Progress progress{options, stderr};
  const auto measured = generator.measure(progress);
  const Report report{options, *measured, progress.server_before(), progress.server_after()};
  fmt::print(options.json_file == "-" ? stderr : stdout, "{}", report.text());
  fmt::print(stderr, "{}", report.warnings());
  if (!options.json_file.empty()) write_json(report, options.json_file);
  return report.failed() ? 1 : 0;
}

}  // namespace
}  // namespace geomatch::load

int main(int argc, char** argv) {
  using namespace geomatch::load;
  EarlyExit early{};
  const auto options = parse_options(argc, argv, early);
  if (!options) {
    fmt::print(early.status == 0 ? stdout : stderr, "{}", early.text);
    return early.status;
  }
  try {
    return run(*options);
  } catch (const std::exception& failure) {
    fmt::print(stderr, "load: {}\n", failure.what());
    return 1;
  }
}
