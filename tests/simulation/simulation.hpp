#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "simulated_client.hpp"
#include "tally.hpp"

namespace geomatch::simulation {

/// One run of the server among its clients, all of it from one seed.
class Simulation {
 public:
  /// `tally` is added to. `verbose`: print what happens.
  Simulation(std::uint64_t seed, Tally& tally, bool verbose);

  /// Runs to the end of everything, or to the first broken promise: that one, or nothing.
  [[nodiscard]] std::string run();

  /// The same for the same seed.
  [[nodiscard]] std::uint64_t digest() const noexcept { return world_.trace.digest(); }

 private:
  ClientConnection& connect();
  void client_done();
  void check_end();

  World world_;
  Ledger ledger_{world_};
  Tally& tally_;
  Workload workload_{world_, ledger_};
  std::deque<ClientConnection> connections_;
  SimulatedServer server_{world_, ledger_};
  std::deque<SimulatedClient> clients_;
  std::size_t clients_done_ = 0;
};

}  // namespace geomatch::simulation
