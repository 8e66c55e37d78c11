#pragma once

#include "../../src/net/session_host.hpp"
#include "world.hpp"

namespace geomatch::simulation {

/// A worker without a thread: it comes round to what it is to do at moments of chance.
class SimulatedWorker {
 public:
  SimulatedWorker(World& world, const net::Limits& limits, net::Traffic& traffic, const http::Router& router)
      : world_(world), sessions_(limits, traffic, router, world.time, [this] { wake(); }) {
    world_.soon(sessions_.tick_interval(), [this] { tick(); });
  }

  [[nodiscard]] net::SessionHost& sessions() noexcept { return sessions_; }
  [[nodiscard]] bool stopped() const noexcept { return stopped_; }

  void stop() {
    sessions_.stop();
    stopped_ = true;
  }

 private:
  void wake() {
    world_.soon(std::chrono::milliseconds{2}, [this] { sessions_.drain_completions(); });
  }
  void tick() {
    if (stopped_) return;
    sessions_.tick();
    world_.scheduler.after(sessions_.tick_interval(), [this] { tick(); });
  }

  World& world_;
  net::SessionHost sessions_;
  bool stopped_ = false;
};

}  // namespace geomatch::simulation
