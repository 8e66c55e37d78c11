#pragma once

#include <memory>

#include <geomatch/publish/kafka_settings.hpp>
#include <geomatch/publish/log_reader.hpp>

namespace geomatch::publish {

class KafkaMerge;

/// Reads a Kafka topic from a time to its end, all partitions at once and without a consumer group, and goes
/// on following it.
class KafkaReader final : public LogReader {
 public:
  /// `merge` is the one that the topic's publisher settles by. Throws std::invalid_argument for a property
  /// that librdkafka doesn't take; those that only concern producers are passed over.
  KafkaReader(const KafkaSettings& settings, std::shared_ptr<KafkaMerge> merge);
  ~KafkaReader() override;

  /// A topic that doesn't exist is created with the brokers' own defaults, and is empty.
  bool replay(model::TimePoint since, const Sink& sink) override;
  void follow(Sink sink) override;
  [[nodiscard]] std::optional<FollowLag> lag() const override;
  [[nodiscard]] std::string progress() const override;
  void stop() noexcept override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace geomatch::publish
