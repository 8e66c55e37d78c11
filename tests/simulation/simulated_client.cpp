#include "simulated_client.hpp"

#include <algorithm>

namespace geomatch::simulation {

using std::chrono::milliseconds;

SimulatedClient::SimulatedClient(World& world, Workload& workload,
                                 std::function<ClientConnection&()> make_connection,
                                 std::function<void()> done)
    : world_(world),
      workload_(workload),
      make_connection_(std::move(make_connection)),
      done_(std::move(done)) {
  world_.soon(milliseconds{20}, [this] { act(); });
}

void SimulatedClient::act() {
  if (left_ == 0) return leave();
  if (is_open()) {
    misbehave();
  } else {
    connection_ = &make_connection_();
  }
  if (is_open()) ask();
  world_.soon(milliseconds{world_.scenario.pause_ms}, [this] { act(); });
}

void SimulatedClient::ask() {
  const std::uint64_t count = std::min(left_, 1 + world_.random.below(world_.scenario.most_pipelined));
  left_ -= count;
  for (std::uint64_t i = 0; i < count && connection_->is_open(); ++i) {
    connection_->send(workload_.next(connection_->number()));
  }
}

void SimulatedClient::misbehave() {
  const Scenario& scenario = world_.scenario;
  if (world_.random.percent(scenario.slow_readers)) {
    connection_->stop_reading(milliseconds{world_.random.between(10, 4'000)});
  }
  if (world_.random.percent(scenario.half_closes)) return connection_->finish_sending();
  if (!world_.random.percent(scenario.cuts)) return;
  if (world_.random.percent(50)) {
    connection_->cut();
  } else {
    connection_->vanish();
  }
}

void SimulatedClient::leave() {
  if (is_open() && world_.random.percent(50)) connection_->finish_sending();
  done_();
}

}  // namespace geomatch::simulation
