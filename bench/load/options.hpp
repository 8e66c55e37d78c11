#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "request_text.hpp"
#include "schedule.hpp"

namespace geomatch::load {

/// Where the phones are.
enum class Area { city, uniform };

/// What the command line says.
struct Options {
  std::string target;  ///< HOST:PORT
  Protocol protocol = Protocol::match;
  std::string path;  ///< of HTTP; none given: /match, and / for `get`
  std::size_t connections = 64;
  std::size_t pipeline = 1;    ///< requests on a connection at once, at most
  std::optional<double> rate;  ///< requests/s of all connections; none: a closed loop
  Arrivals arrivals = Arrivals::even;
  std::chrono::milliseconds duration{10'000};
  std::chrono::milliseconds warm_up{2'000};
  std::size_t entities = 100'000;
  Area area = Area::city;
  std::string city_file;
  bool preload = false;
  int limit = 10;
  std::size_t body_bytes = 0;
  std::uint64_t seed = 1;
  std::vector<pid_t> server_pids;
  bool with_children = false;
  std::optional<int> cpu;
  bool spin = false;
  std::string json_file;  ///< none if empty; "-" is standard output
  bool quiet = false;     ///< no progress
};

/// A command line that is wrong, or asked for help: `status` to exit with, `text` to print before.
struct EarlyExit {
  int status;
  std::string text;
};

/// Reads a command line. On an early exit, returns none and fills `early`.
[[nodiscard]] std::optional<Options> parse_options(int argc, const char* const* argv, EarlyExit& early);

}  // namespace geomatch::load
