#include "options.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

namespace geomatch::load {
namespace {

constexpr const char* about =
    "Puts geomatch, or a server it is compared with, under the load of moving phones, and measures it.\n"
    "With --rate, latencies count from when a request was due, whether it could be sent then or not.";

// An option that takes one of these words.
template <typename Enum>
CLI::Option* add_choice(CLI::App& app, const char* name, Enum& choice,
                        const std::vector<std::pair<std::string, Enum>>& words, const char* help) {
  std::vector<std::string> names;
  names.reserve(words.size());
  for (const auto& [word, value] : words) {
    names.push_back(word);
  }
  const auto take = [&choice, words](const std::string& given) {
    for (const auto& [word, value] : words) {
      if (word == given) choice = value;
    }
  };
  return app.add_option_function<std::string>(name, take, help)
      ->check(CLI::IsMember(names))
      ->default_str(names.front());
}

void add_duration(CLI::App& app, const char* name, std::chrono::milliseconds& duration, const char* help) {
  const auto read = [&duration, name](const std::int64_t& ms) {
    if (ms < 0) throw CLI::ValidationError(name, "is a duration, as in 10s");
    duration = std::chrono::milliseconds{ms};
  };
  const std::map<std::string, std::int64_t> units{{"ms", 1}, {"s", 1000}, {"min", 60'000}};
  app.add_option_function<std::int64_t>(name, read, help)
      ->transform(CLI::AsNumberWithUnit(units, CLI::AsNumberWithUnit::UNIT_REQUIRED, "DURATION"))
      ->default_str(std::to_string(duration.count() / 1000) + "s");
}

void add_target(CLI::App& app, Options& options) {
  app.add_option("HOST:PORT", options.target, "The server, e.g. 127.0.0.1:8080")->required();
  add_choice<Protocol>(
      app, "--protocol", options.protocol,
      {{"match", Protocol::match},
       {"get", Protocol::get},
       {"post", Protocol::post},
       {"redis", Protocol::redis}},
      "match: POST /match of geomatch. post: the same bodies to another --path. get: GET --path.\n"
      "redis: GEOADD and GEOSEARCH in one send, answered when both are");
  app.add_option("--path", options.path, "Of the request (default: /match, and / for get)");
}

void add_load(CLI::App& app, Options& options) {
  app.add_option("--connections", options.connections)
      ->check(CLI::Range(std::size_t{1}, std::size_t{1'000'000}))
      ->capture_default_str();
  app.add_option("--pipeline", options.pipeline, "Requests on a connection at once, at most")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1024}))
      ->capture_default_str();
  app.add_option(
         "--rate", options.rate,
         "Requests/s in all, sent when they are due (open loop); without it, each connection sends its next\n"
         "when the answer has come (closed loop)")
      ->check(CLI::Range(0.001, 1e8));
  add_choice<Arrivals>(app, "--arrivals", options.arrivals,
                       {{"even", Arrivals::even}, {"poisson", Arrivals::poisson}}, "With --rate");
  add_duration(app, "--duration", options.duration, "That is measured");
  add_duration(app, "--warm-up", options.warm_up, "Of the same load before that, not measured");
}

void add_phones(CLI::App& app, Options& options) {
  app.add_option("--entities", options.entities, "Phones, half drivers and half riders")
      ->check(CLI::Range(std::size_t{1}, std::size_t{10'000'000}))
      ->capture_default_str();
  add_choice<Area>(app, "--area", options.area, {{"city", Area::city}, {"uniform", Area::uniform}},
                   "city: 50 x 50 km, or --city's. uniform: the globe");
  app.add_option("--city", options.city_file,
                 "A CSV file (or .gz) of real positions, with columns lat and lon")
      ->check(CLI::ExistingFile);
  app.add_flag("--preload", options.preload, "First of all, every phone posts once");
  app.add_option("--limit", options.limit, "Matches asked for; 0 only records")
      ->check(CLI::Range(0, 100))
      ->capture_default_str();
  app.add_option("--body-bytes", options.body_bytes, "Fill shorter bodies up with blanks")
      ->check(CLI::Range(std::size_t{0}, std::size_t{16'384}));
  app.add_option("--seed", options.seed)->capture_default_str();
}

void add_measuring(CLI::App& app, Options& options) {
  app.add_option("--server-pid", options.server_pids, "Report what this process costs; repeatable")
      ->allow_extra_args(false);
  app.add_flag("--with-children", options.with_children, "... and all that descend from it");
  app.add_option("--cpu", options.cpu, "Run on this core only")->check(CLI::Range(0, 1023));
  app.add_flag("--spin", options.spin,
               "Poll without sleeping: a core for itself, and sent on time to the microsecond");
  app.add_option("--json", options.json_file, "Write the report as JSON to this file; - is standard output");
  app.add_flag("--quiet", options.quiet, "No progress each second");
}

}  // namespace

std::optional<Options> parse_options(int argc, const char* const* argv, EarlyExit& early) {
  Options options;
  CLI::App app{about, "load"};
  app.option_defaults()->always_capture_default(false);
  add_target(app, options);
  add_load(app, options);
  add_phones(app, options);
  add_measuring(app, options);
  try {
    app.parse(argc, argv);
    if (options.duration.count() == 0) throw CLI::ValidationError("--duration", "has to be over 0");
    if (options.with_children && options.server_pids.empty()) {
      throw CLI::ValidationError("--with-children", "needs --server-pid");
    }
  } catch (const CLI::CallForHelp&) {
    early = {0, app.help()};
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    early = {2, std::string{"load: "} + error.what() + "\n"};
    return std::nullopt;
  }
  if (options.path.empty()) options.path = options.protocol == Protocol::get ? "/" : "/match";
  return options;
}

}  // namespace geomatch::load
