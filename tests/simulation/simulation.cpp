#include "simulation.hpp"

#include "end_checks.hpp"

namespace geomatch::simulation {
namespace {

using std::chrono::milliseconds;

}  // namespace

Simulation::Simulation(std::uint64_t seed, Tally& tally, bool verbose)
    : world_(seed, verbose), tally_(tally) {
  for (std::size_t i = 0; i < world_.scenario.clients; ++i) {
    clients_.emplace_back(
        world_, workload_, [this]() -> ClientConnection& { return connect(); }, [this] { client_done(); });
  }
  if (world_.scenario.sigterm_midway) {
    const auto about =
        static_cast<std::int64_t>(world_.scenario.requests_a_client) * world_.scenario.pause_ms / 2;
    world_.soon(milliseconds{about}, [this] { server_.shut_down(); });
  }
}

std::string Simulation::run() {
  while (world_.verdict.good() && world_.scheduler.run_one()) {
  }
  if (world_.verdict.good()) check_end();
  world_.scheduler.clear();  // after a broken promise it holds sessions, which mustn't outlive the server
  return world_.verdict.first();
}

ClientConnection& Simulation::connect() {
  ClientConnection& connection = connections_.emplace_back(world_, ledger_, tally_, connections_.size());
  server_.connect(connection.wire());
  return connection;
}

// Whatever is late gets some time to come.
void Simulation::client_done() {
  if (++clients_done_ < world_.scenario.clients) return;
  const auto wait_ms = world_.random.percent(50) ? 100 : 20'000;
  world_.soon(milliseconds{wait_ms}, [this] { server_.shut_down(); });
}

void Simulation::check_end() {
  for (const ClientConnection& connection : connections_) {
    connection.check_end(server_.drained_from(), server_.stopped_at());
  }
  check_refusals(world_, ledger_);
  check_log_order(world_, ledger_);
  check_replay(world_, ledger_, server_.map());
  server_.check_end();
}

}  // namespace geomatch::simulation
