#include "scenario.hpp"

namespace geomatch::simulation {
namespace {

std::uint64_t maybe(Random& random, std::uint64_t most) {
  return random.percent(50) ? 0 : 1 + random.below(most);
}

net::Limits choose_limits(Random& random) {
  net::Limits limits;
  limits.max_pipelined = random.pick<std::size_t>({1, 2, 4, 64});
  if (random.percent(15)) limits.max_in_flight = 1 + random.below(4);
  if (random.percent(10)) limits.max_connections = 1 + random.below(2);
  if (random.percent(30)) limits.request_timeout = limits.answer_timeout = std::chrono::seconds{2};
  if (random.percent(30)) limits.idle_timeout = limits.write_timeout = std::chrono::seconds{3};
  limits.max_body_bytes = 2000;
  limits.max_header_bytes = 1000;
  return limits;
}

}  // namespace

Scenario Scenario::choose(Random& random) {
  Scenario scenario;
  scenario.workers = 1 + random.below(3);
  scenario.clients = 1 + random.below(5);
  scenario.requests_a_client = 1 + random.below(24);
  scenario.ids = 1 + random.below(6);
  scenario.most_pipelined = 1 + random.below(8);
  scenario.pause_ms = random.pick<std::int64_t>({5, 50, 500});
  scenario.with_uuid = random.pick<std::uint64_t>({0, 50, 100});
  scenario.resend = maybe(random, 60);
  scenario.odd_requests = maybe(random, 20);
  scenario.cuts = maybe(random, 15);
  scenario.half_closes = maybe(random, 20);
  scenario.slow_readers = maybe(random, 20);
  scenario.never_close = maybe(random, 50);
  scenario.crumbs = random.percent(20);
  scenario.not_published = maybe(random, 40);
  scenario.unknown = random.percent(60) ? 0 : 1 + random.below(30);
  scenario.queue_full = random.percent(70) ? 0 : random.below(30);
  scenario.late = random.percent(60) ? 0 : random.below(20);
  scenario.log_ms = random.pick<std::int64_t>({1, 20, 300});
  scenario.queue = random.percent(20) ? 1 + random.below(5) : 1000;
  scenario.clock_jumps = maybe(random, 30);
  scenario.sigterm_midway = random.percent(40);
  if (random.percent(15)) scenario.max_entities = 1 + random.below(3);
  if (random.percent(15)) scenario.acknowledgement = http::Acknowledgement::enqueued;
  scenario.limits = choose_limits(random);
  scenario.delete_memory = model::Milliseconds{random.pick<std::int64_t>({1'000, 60'000, 3'600'000})};
  return scenario;
}

}  // namespace geomatch::simulation
