#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "client_connection.hpp"
#include "simulated_server.hpp"
#include "workload.hpp"

namespace geomatch::simulation {

/// A phone, or a proxy in front of many: connects, asks several things at once, reads slowly, goes away.
class SimulatedClient {
 public:
  /// `make_connection` gives a new one, which outlives this; `done` is called when all was asked.
  SimulatedClient(World& world, Workload& workload, std::function<ClientConnection&()> make_connection,
                  std::function<void()> done);

 private:
  void act();
  void ask();
  void misbehave();
  void leave();
  [[nodiscard]] bool is_open() const noexcept { return connection_ != nullptr && connection_->is_open(); }

  World& world_;
  Workload& workload_;
  const std::function<ClientConnection&()> make_connection_;
  const std::function<void()> done_;
  ClientConnection* connection_ = nullptr;
  std::uint64_t left_ = world_.scenario.requests_a_client;
};

}  // namespace geomatch::simulation
