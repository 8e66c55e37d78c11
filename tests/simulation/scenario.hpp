#pragma once

#include <cstddef>
#include <cstdint>

#include <geomatch/http/acknowledgement.hpp>
#include <geomatch/model/time.hpp>
#include <geomatch/net/limits.hpp>

#include "random.hpp"

namespace geomatch::simulation {

/// What kind of day it is: chosen once a run, so that some runs are calm and some everything goes wrong in.
/// Chances are in percent.
struct Scenario {
  static Scenario choose(Random& random);

  std::size_t workers = 1;
  std::size_t clients = 1;
  std::uint64_t requests_a_client = 10;
  std::uint64_t ids = 3;
  std::uint64_t most_pipelined = 4;  // that a client sends in one go
  std::int64_t pause_ms = 50;        // of a client, at most, between what it does

  std::uint64_t with_uuid = 50;
  std::uint64_t resend = 20;
  std::uint64_t odd_requests = 5;  // wrong ones
  std::uint64_t cuts = 0;
  std::uint64_t half_closes = 0;
  std::uint64_t slow_readers = 0;
  std::uint64_t never_close = 0;  // clients, though the server has
  bool crumbs = false;            // bytes come a few at a time

  std::uint64_t not_published = 0;
  std::uint64_t unknown = 0;
  std::uint64_t queue_full = 0;
  std::uint64_t late = 0;    // beyond the answer's time
  std::int64_t log_ms = 20;  // until the log's word, at most, otherwise
  std::size_t queue = 1000;

  std::uint64_t clock_jumps = 0;  // a second
  bool sigterm_midway = false;

  std::size_t max_entities = 100;
  model::Milliseconds delete_memory{3'600'000};
  http::Acknowledgement acknowledgement = http::Acknowledgement::published;
  net::Limits limits;

  static constexpr model::Milliseconds dedupe_window{900'000};
};

}  // namespace geomatch::simulation
