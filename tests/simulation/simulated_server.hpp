#pragma once

#include <memory>
#include <vector>

#include <geomatch/http/readiness.hpp>
#include <geomatch/http/router.hpp>
#include <geomatch/http/services.hpp>
#include <geomatch/net/traffic.hpp>
#include <geomatch/observe/metrics.hpp>
#include <geomatch/publish/log.hpp>

#include "checked_map.hpp"
#include "simulated_publisher.hpp"
#include "simulated_worker.hpp"
#include "wire.hpp"

namespace geomatch::simulation {

/// The server, put together as app/Server does it: all real but for the log, the network and the time.
class SimulatedServer {
 public:
  SimulatedServer(World& world, Ledger& ledger);

  /// A client connects by way of `wire`.
  void connect(const std::shared_ptr<Wire>& wire);

  /// SIGTERM. Only the first counts.
  void shut_down();

  [[nodiscard]] Scheduler::Clock::time_point drained_from() const noexcept { return drained_from_; }
  /// When the connections were closed that hadn't finished by the deadline.
  [[nodiscard]] Scheduler::Clock::time_point stopped_at() const noexcept { return stopped_at_; }

  /// When all is over: that nothing is left of anything.
  void check_end();
  [[nodiscard]] const CheckedMap& map() const noexcept { return map_; }

 private:
  [[nodiscard]] std::unique_ptr<publish::Log> make_log();
  void every_second();
  void await_drained(Scheduler::Clock::time_point give_up);
  void check_drained();
  void stop();

  World& world_;
  Ledger& ledger_;
  CheckedMap map_{world_, ledger_};
  const std::unique_ptr<publish::Log> log_ = make_log();
  http::Readiness readiness_;
  observe::Metrics metrics_;
  const http::Services services_;
  http::Router router_{metrics_};
  net::Traffic traffic_;
  std::size_t server_ends_ = 0;
  std::vector<std::unique_ptr<SimulatedWorker>> workers_;
  std::size_t next_worker_ = 0;
  bool stopping_ = false;
  Scheduler::Clock::time_point busy_at_{};  // the last time anything was seen to be in flight
  Scheduler::Clock::time_point drained_from_ = Scheduler::Clock::time_point::max();
  Scheduler::Clock::time_point stopped_at_ = Scheduler::Clock::time_point::max();
};

}  // namespace geomatch::simulation
