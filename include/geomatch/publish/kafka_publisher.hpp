#pragma once

#include <memory>

#include <geomatch/publish/kafka_settings.hpp>
#include <geomatch/publish/publisher.hpp>

namespace geomatch::publish {

class KafkaMerge;
class ResendWindow;

/// Publishes to a Kafka topic: idempotent, acknowledged by all in-sync replicas, key = entity id.
///
/// librdkafka sends on threads of its own; one thread of ours takes its delivery reports, a batch at a time,
/// and another asks the brokers how they are when there is reason to doubt it. While Kafka is known to take
/// nothing, posts are refused at once. A producer that failed for good is replaced; what was in flight with
/// it is unknown.
class KafkaPublisher final : public Publisher {
 public:
  /// Throws std::invalid_argument for a property that librdkafka doesn't take or that would break what
  /// geomatch promises (acks other than all, say). Doesn't wait for a broker. `resends` outlives this, and so
  /// does the home of every publication. `merge` is the one that the topic's reader reads by: without a
  /// reader, resends of what stayed unknown are doubtful for ever.
  KafkaPublisher(const KafkaSettings& settings, ResendWindow& resends, std::shared_ptr<KafkaMerge> merge);
  ~KafkaPublisher() override;

  [[nodiscard]] bool publish(Publication& publication) noexcept override;
  /// By the topic's `max.message.bytes`, which is read at the start, once a minute, and when a broker refuses
  /// a batch.
  [[nodiscard]] bool fits(const Record& record) const noexcept override;
  [[nodiscard]] std::string unavailable_reason() const override;
  [[nodiscard]] std::size_t pending() const noexcept override;
  void stop(std::chrono::milliseconds deadline) noexcept override;

 private:
  class Impl;  // librdkafka's types stay in one place
  std::unique_ptr<Impl> impl_;
};

}  // namespace geomatch::publish
