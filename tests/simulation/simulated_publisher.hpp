#pragma once

#include <map>
#include <string>
#include <vector>

#include <geomatch/publish/publication.hpp>
#include <geomatch/publish/publisher.hpp>

#include "ledger.hpp"

namespace geomatch::publish {
class ResendWindow;
}

namespace geomatch::simulation {

/// A log whose outcomes come in any order, late, failed or not at all; but for each key its order is that of
/// publish(), as Kafka and the journal have it.
class SimulatedPublisher final : public publish::Publisher {
 public:
  SimulatedPublisher(World& world, Ledger& ledger, publish::ResendWindow& resends)
      : world_(world), ledger_(ledger), resends_(resends) {}

  [[nodiscard]] bool publish(publish::Publication& publication) noexcept override;
  [[nodiscard]] std::string unavailable_reason() const override { return {}; }
  [[nodiscard]] std::size_t pending() const noexcept override { return pending_.size(); }
  void stop(std::chrono::milliseconds deadline) noexcept override;

 private:
  using TimePoint = Scheduler::Clock::time_point;

  struct Pending {
    publish::Publication* publication;
    bool reaches_log;
    publish::Outcome outcome;
    bool logged = false;
    bool due = false;
  };
  struct Order {  // of one key: what is later may not be earlier than these
    TimePoint logged_at{};
    TimePoint reported_at{};
  };

  [[nodiscard]] Pending fate(publish::Publication& publication);
  [[nodiscard]] std::chrono::microseconds delay();
  void plan(std::size_t number, const std::string& key);
  void log(std::size_t number);
  void come_due(std::size_t number);
  void report_due();
  void find_out_later(const Pending& pending);
  void give_up(Pending& pending);

  World& world_;
  Ledger& ledger_;
  publish::ResendWindow& resends_;
  std::map<std::size_t, Pending> pending_;  // by number, which is the order of publish()
  std::vector<std::size_t> due_;            // in the order they came due
  std::map<std::string, Order> orders_;
  std::size_t next_number_ = 0;
  bool stopped_ = false;
};

}  // namespace geomatch::simulation
