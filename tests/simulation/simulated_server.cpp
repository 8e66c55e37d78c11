#include "simulated_server.hpp"

#include <geomatch/http/phone_routes.hpp>

#include "server_end.hpp"

namespace geomatch::simulation {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds for_answers{8};

}  // namespace

SimulatedServer::SimulatedServer(World& world, Ledger& ledger)
    : world_(world),
      ledger_(ledger),
      services_{.matcher = map_,
                .log = *log_,
                .clock = world.clock,
                .readiness = readiness_,
                .limits = {},
                .acknowledgement = world.scenario.acknowledgement} {
  http::add_phone_routes(router_, services_);
  readiness_.set(http::Readiness::State::ready);
  for (std::size_t i = 0; i < world.scenario.workers; ++i) {
    workers_.push_back(std::make_unique<SimulatedWorker>(world, world.scenario.limits, traffic_, router_));
  }
  every_second();
}

std::unique_ptr<publish::Log> SimulatedServer::make_log() {
  auto resends = std::make_unique<publish::ResendWindow>(Scenario::dedupe_window, 100'000);
  auto publisher = std::make_unique<SimulatedPublisher>(world_, ledger_, *resends);
  return std::make_unique<publish::Log>(std::move(resends), std::move(publisher), nullptr);
}

// Accepted on one worker's thread, and handed to another.
void SimulatedServer::connect(const std::shared_ptr<Wire>& wire) {
  world_.soon(milliseconds{3}, [this, wire] {
    if (stopping_) return wire->refuse();
    SimulatedWorker& worker = *workers_[next_worker_++ % workers_.size()];
    world_.soon(milliseconds{10}, [this, wire, &worker] {
      if (worker.stopped()) return wire->refuse();
      worker.sessions().adopt(std::make_unique<ServerEnd>(worker, wire, server_ends_));
    });
  });
}

void SimulatedServer::every_second() {
  if (stopping_) return;
  map_.expire(world_.clock.now());
  if (world_.random.percent(world_.scenario.clock_jumps)) {
    const auto jump = world_.random.pick<std::int64_t>({-60'000, -1'000, 1'000, 30'000, 90'000, 1'200'000});
    world_.trace("the clock jumps by {} ms", jump);
    world_.clock.jump(milliseconds{jump});
  }
  world_.scheduler.after(seconds{1}, [this] { every_second(); });
}

void SimulatedServer::shut_down() {
  if (std::exchange(stopping_, true)) return;
  world_.trace("SIGTERM: {} connections, {} in flight", traffic_.connections(), traffic_.in_flight());
  drained_from_ = world_.scheduler.now();
  readiness_.set(http::Readiness::State::stopping);
  for (const auto& worker : workers_) {
    world_.soon(milliseconds{5}, [&worker] {
      worker->on_event([&worker] { worker->sessions().drain(); });  // together with what has just come
    });
  }
  world_.scheduler.after(milliseconds{5}, [this] { await_drained(world_.scheduler.now() + for_answers); });
}

void SimulatedServer::await_drained(Scheduler::Clock::time_point give_up) {
  if (traffic_.in_flight() != 0) busy_at_ = world_.scheduler.now();
  if (traffic_.connections() == 0 || world_.scheduler.now() >= give_up) return stop();
  world_.scheduler.after(milliseconds{5}, [this, give_up] { await_drained(give_up); });
}

// What is open by now waits for the log, or for a client that doesn't do its part.
void SimulatedServer::check_drained() {
  const Scenario& scenario = world_.scenario;
  const bool clients_do_theirs =
      scenario.cuts + scenario.slow_readers + scenario.never_close + scenario.odd_requests == 0 &&
      !scenario.crumbs;
  if (!clients_do_theirs || traffic_.connections() == 0) return;
  if (world_.scheduler.now() - busy_at_ > milliseconds{500}) {
    world_.verdict.violated("guarantee 7: connections with nothing in flight are open at the deadline");
  }
}

void SimulatedServer::stop() {
  stopped_at_ = world_.scheduler.now();
  check_drained();
  log_->publisher().stop(seconds{2});
  for (const auto& worker : workers_) {
    world_.soon(milliseconds{5}, [&worker] { worker->stop(); });
  }
}

void SimulatedServer::check_end() {
  const auto none_left = [this](std::string_view what, std::size_t count) {
    if (count != 0)
      world_.verdict.violated(fmt::format("guarantee 3: {} {} are left at the end", count, what));
  };
  none_left("connections", traffic_.connections());
  none_left("requests in flight", traffic_.in_flight());
  none_left("sessions", server_ends_);
  none_left("publications", log_->publisher().pending());
  map_.expire(model::TimePoint::max());
  none_left("entities or reservations", map_.size());
}

}  // namespace geomatch::simulation
