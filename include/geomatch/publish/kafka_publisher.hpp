#pragma once

#include <memory>

#include <geomatch/publish/kafka_settings.hpp>
#include <geomatch/publish/publisher.hpp>

namespace geomatch::publish {

class ResendWindow;

/// Publishes to a Kafka topic: idempotent, acknowledged by all in-sync replicas, key = entity id.
///
/// librdkafka sends on threads of its own; one thread of ours takes its delivery reports, a batch at a time,
/// and another asks the brokers how they are when there is reason to doubt it.
class KafkaPublisher final : public Publisher {
 public:
  /// Throws std::invalid_argument for a property that librdkafka doesn't take or that would break what
  /// geomatch promises (acks other than all, say). Doesn't wait for a broker. `resends` outlives this, and so
  /// does the home of every publication.
  KafkaPublisher(const KafkaSettings& settings, ResendWindow& resends);
  ~KafkaPublisher() override;

  [[nodiscard]] bool publish(Publication& publication) noexcept override;
  [[nodiscard]] std::string unavailable_reason() const override;
  [[nodiscard]] std::size_t pending() const noexcept override;
  void stop(std::chrono::milliseconds deadline) noexcept override;

 private:
  struct Impl;  // librdkafka's types stay in one place
  std::unique_ptr<Impl> impl_;
};

}  // namespace geomatch::publish
