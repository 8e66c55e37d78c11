#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <geomatch/model/time.hpp>
#include <geomatch/publish/kafka_settings.hpp>

#include "kafka/client_log.hpp"
#include "kafka/handles.hpp"
#include "kafka/replay_progress.hpp"

namespace geomatch::publish {

/// A topic, read from a time on and without an end. One thread. What waiting doesn't mend is thrown as
/// std::runtime_error with the remedy; for all else it waits, until `stopping`.
class KafkaTail {
 public:
  /// Who is told what is read.
  class Listener {
   public:
    virtual ~Listener() = default;
    virtual void on_record(const rd_kafka_message_t& message) = 0;
    /// The partition goes on at `offset`, whatever was read of it before.
    virtual void on_restart(std::int32_t partition, std::int64_t offset) = 0;
  };

  /// All are kept by reference.
  KafkaTail(const KafkaSettings& settings, const std::atomic<bool>& stopping, ReplayProgress& progress);

  /// Finds what to read, from the first record received at `since` or later. False if it was stopped.
  [[nodiscard]] bool open(model::TimePoint since);

  /// Counts the record at `offset` of `partition`, and all before it, among those that the topic held.
  void read_to(std::int32_t partition, std::int64_t offset);

  /// Waits a moment for records, and gives those that came to `listener`.
  void poll(Listener& listener);

  /// Whether all was read that the topic held when it was opened.
  [[nodiscard]] bool caught_up() const noexcept { return behind_ == 0; }

  [[nodiscard]] std::size_t partition_count() const noexcept { return partitions_.size(); }
  [[nodiscard]] std::int64_t next(std::size_t partition) const { return partitions_[partition].next; }

  /// Records in the topic that weren't read, as far as the brokers have told.
  [[nodiscard]] std::int64_t unread() const;

  /// Why nothing can be read for the time being, because this user may not; or empty.
  [[nodiscard]] const std::string& denied() const noexcept { return denied_; }

  /// Reads partitions too that the topic has got in the meantime. Asks the brokers, for a second at most.
  void widen(Listener& listener);

 private:
  using Clock = std::chrono::steady_clock;
  struct Partition {
    std::int64_t next = 0;  // the offset that is read next
    std::int64_t end = 0;   // the first that the topic didn't hold when it was opened
  };

  using Question = std::function<rd_kafka_resp_err_t(int timeout_ms)>;

  [[nodiscard]] bool find_partitions();
  [[nodiscard]] std::string explain(rd_kafka_resp_err_t error) const;
  [[nodiscard]] bool insist(const Question& question);
  [[nodiscard]] bool find_bounds(model::TimePoint since);
  [[nodiscard]] rd_kafka_resp_err_t find_begins(model::TimePoint since, int timeout_ms);
  void assign();
  void take(const rd_kafka_message_t& message, Listener& listener);
  void advance(Partition& partition, std::int64_t next);
  void seek_anew();
  void restart(std::int32_t partition, Listener& listener);
  void pause() const;
  [[noreturn]] void fail(const std::string& why) const;

  const KafkaSettings& settings_;
  const std::atomic<bool>& stopping_;
  ReplayProgress& progress_;
  KafkaClientLog log_;
  KafkaHandle<rd_kafka_t> client_;
  KafkaHandle<rd_kafka_topic_t> topic_;
  KafkaHandle<rd_kafka_queue_t> queue_;
  std::vector<Partition> partitions_;  // by their numbers
  std::size_t behind_ = 0;             // of them, those not read to `end`
  std::string_view attempt_ = "read";  // at the topic
  std::string denied_;
  Clock::time_point seek_at_{};  // while reading is denied
};

}  // namespace geomatch::publish
