#pragma once

#include <functional>
#include <utility>
#include <vector>

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

  /// Has `event` happen in one turn with others that come until the thread is there.
  void on_event(std::function<void()> event) {
    events_.push_back(std::move(event));
    if (events_.size() == 1) world_.soon(std::chrono::microseconds{200}, [this] { see_to_events(); });
  }

  void stop() {
    sessions_.stop();
    stopped_ = true;
  }

 private:
  void see_to_events() {
    const net::SessionHost::Turn turn{sessions_};
    for (const auto& event : std::exchange(events_, {})) event();
  }
  void wake() {
    world_.soon(std::chrono::milliseconds{2}, [this] { const net::SessionHost::Turn turn{sessions_}; });
  }
  void tick() {
    if (stopped_) return;
    sessions_.tick();
    world_.scheduler.after(sessions_.tick_interval(), [this] { tick(); });
  }

  World& world_;
  net::SessionHost sessions_;
  std::vector<std::function<void()>> events_;
  bool stopped_ = false;
};

}  // namespace geomatch::simulation
