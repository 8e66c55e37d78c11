#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include <geomatch/publish/kafka_settings.hpp>

#include "backoff.hpp"
#include "kafka/producer.hpp"

namespace geomatch::publish {

/// Finds out where a topic really ends, for whoever wants to know all that was sent to it before.
///
/// A reader sees of a partition what all its in-sync replicas have. Behind that its leader may have more:
/// what a process sent that was killed, say, and the replicas get it only when a broker is back. So a
/// sentinel, a record that says nothing (an empty key, no value), is written to each partition: once that is
/// acknowledged, the reader can see all that lies before it. While that is refused, it is tried again. One
/// thread.
class KafkaSeal {
 public:
  /// Told where a partition's sentinel lies.
  using Sink = std::function<void(std::int32_t partition, std::int64_t offset)>;

  explicit KafkaSeal(const KafkaSettings& settings);

  /// Has a sentinel written to each of `count` partitions.
  void begin(std::size_t count);

  /// Tells `sink` of those that were written since.
  void poll(const Sink& sink);

  [[nodiscard]] bool done() const noexcept { return open_.empty(); }

  /// What the rest waits for, for an operator.
  [[nodiscard]] const std::string& waits_for() const noexcept { return waits_for_; }

 private:
  using Clock = std::chrono::steady_clock;

  void try_again();
  void refuse(const std::string& why);
  void take(const rd_kafka_message_t& report, const Sink& sink);

  const KafkaSettings& settings_;
  std::unique_ptr<KafkaProducer> producer_;
  std::set<std::int32_t> open_;  // partitions without a written sentinel
  std::string waits_for_ = "waiting for Kafka to take a record";
  bool refused_ = false;
  Clock::time_point again_at_{};
  Backoff backoff_{std::chrono::milliseconds{100}, std::chrono::milliseconds{1'000}};
};

}  // namespace geomatch::publish
