#pragma once

#include <memory>
#include <vector>

#include "answer_reader.hpp"
#include "asked.hpp"
#include "peer.hpp"
#include "tally.hpp"
#include "wire.hpp"

namespace geomatch::simulation {

/// One connection of a client's: what it asked there, and whether each answer is as promised.
class ClientConnection final : public Peer {
 public:
  ClientConnection(World& world, Ledger& ledger, Tally& tally, std::size_t number);

  [[nodiscard]] const std::shared_ptr<Wire>& wire() const noexcept { return wire_; }
  [[nodiscard]] std::size_t number() const noexcept { return number_; }
  /// Whether another request may be sent.
  [[nodiscard]] bool is_open() const noexcept { return open_ && !ended_; }

  void send(Asked asked);
  void finish_sending();
  void stop_reading(std::chrono::milliseconds time);
  void cut();
  void vanish();

  /// When all is over: that nothing is missing. `drained_from`: from then on the server took no more where
  /// nothing was asked; `stopped_at`: then it closed what was left.
  void check_end(Scheduler::Clock::time_point drained_from, Scheduler::Clock::time_point stopped_at) const;

 private:
  void on_delivered(std::size_t bytes) override;
  void on_bytes(std::string_view bytes) override;
  void on_end(bool reset) override;

  void take(const AnswerReader::Answer& answer);
  void judge(const Asked& asked, const AnswerReader::Answer& answer);
  void judge_punctuality(const Asked& asked, const AnswerReader::Answer& answer);
  void judge_post(const Asked& asked, const AnswerReader::Answer& answer);
  void judge_match(const Asked& asked, const AnswerReader::Answer& answer);
  void judge_entity(const Asked& asked, const AnswerReader::Answer& answer);
  void judge_shown(const Asked& asked, const AnswerReader::Answer& answer);
  void violated(std::string_view promise, const Asked& asked, const AnswerReader::Answer& answer);

  World& world_;
  Ledger& ledger_;
  Tally& tally_;
  const std::size_t number_;
  const std::shared_ptr<Wire> wire_;
  AnswerReader reader_;
  std::vector<Asked> asked_;
  std::size_t sent_bytes_ = 0;
  std::size_t whole_ = 0;  // of asked_, that the session has read
  std::size_t answered_ = 0;
  bool open_ = true;
  bool ended_ = false;
  bool given_up_ = false;  // by the client: it is owed nothing any more
  bool refused_ = false;   // there were too many connections
  bool closed_ = false;    // the last answer said so
  bool reset_ = false;
  std::chrono::milliseconds stopped_reading_{0};
  Scheduler::Clock::time_point ended_at_{};
};

}  // namespace geomatch::simulation
