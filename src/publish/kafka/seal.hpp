#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include <geomatch/publish/kafka_settings.hpp>

#include "kafka/producer.hpp"

namespace geomatch::publish {

/// Finds out where a topic really ends, for whoever wants to know all that was sent to it before.
///
/// A reader sees of a partition what all its in-sync replicas have. Behind that its leader may have more:
/// what a process sent that was killed, say, and the replicas get it only when a broker is back. So a
/// sentinel, a record that says nothing (no key, no value), is written to each partition: once that is
/// acknowledged, the reader can see all that lies before it. One thread.
class KafkaSeal {
 public:
  /// Told where a partition's sentinel lies.
  using Sink = std::function<void(std::int32_t partition, std::int64_t offset)>;

  explicit KafkaSeal(const KafkaSettings& settings) : producer_(settings) {}

  /// Has a sentinel written to each of `count` partitions.
  void begin(std::size_t count);

  /// Tells `sink` of those that were written since. Throws std::runtime_error with the remedy if one can't
  /// be.
  void poll(const Sink& sink);

  [[nodiscard]] bool done() const noexcept { return open_ == 0; }

 private:
  KafkaProducer producer_;
  std::size_t open_ = 0;
};

}  // namespace geomatch::publish
