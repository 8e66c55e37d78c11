#pragma once

#include <geomatch/publish/kafka_settings.hpp>
#include <geomatch/publish/log_reader.hpp>

namespace geomatch::publish {

/// Reads a Kafka topic from a time to its end, all partitions at once, without a consumer group.
class KafkaReader final : public LogReader {
 public:
  /// Throws std::invalid_argument for a property that librdkafka doesn't take; those that only concern
  /// producers are passed over.
  explicit KafkaReader(KafkaSettings settings);

  /// A topic that doesn't exist is created with the brokers' own defaults, and is empty.
  void replay(model::TimePoint since, const Sink& sink) override;

 private:
  KafkaSettings settings_;
};

}  // namespace geomatch::publish
