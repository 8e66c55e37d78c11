#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include <geomatch/publish/kafka_settings.hpp>
#include <geomatch/publish/outcome.hpp>

#include "kafka/client_log.hpp"
#include "kafka/handles.hpp"
#include "kafka/last_sending.hpp"

namespace geomatch::publish {

class Publication;

/// A librdkafka producer on one topic, until an error that is fatal to it.
///
/// Who owns a publication: from a successful `produce` on librdkafka has its address, as the message's
/// opaque, and the address of its value; the key is copied. librdkafka reads the value until it has made the
/// message's delivery report, and not afterwards: a request that is timed out, purged or cut off leaves the
/// broker's buffers before its messages are reported, and if half of it was written, the connection is
/// closed. The report, among `events`, is the only thing that comes back, once for each message. Nothing of
/// ours touches the publication between: it may be reported, settled and gone before `produce` has returned.
class KafkaProducer {
 public:
  static constexpr std::size_t any_batch = 1'000'000;  // librdkafka's own limit

  /// Batches of more than one record are no larger than `max_batch_bytes`, which is at least 1. Throws
  /// std::invalid_argument for a property that librdkafka doesn't take or that would break a promise.
  explicit KafkaProducer(const KafkaSettings& settings, std::size_t max_batch_bytes = any_batch);

  /// Hands over a publication. False: refused, the queue is full or the producer failed. Any thread; waits
  /// for nothing.
  [[nodiscard]] bool produce(Publication& publication) noexcept;

  /// Hands over a record that says nothing, no entity's tombstone, to be written behind all that `partition`
  /// has been handed so far. Its report has `opaque`. False as above.
  [[nodiscard]] bool produce_sentinel(std::int32_t partition, void* opaque = nullptr) noexcept;

  /// The largest key and value together that librdkafka takes.
  [[nodiscard]] std::size_t max_message_bytes() const noexcept { return max_message_bytes_; }

  /// Whether batches are compressed, and so smaller than their records tell.
  [[nodiscard]] bool compresses() const noexcept { return compresses_; }

  /// What batches of more than one record are no larger than: what was asked for when this was made, or what
  /// the settings ask for.
  [[nodiscard]] std::size_t max_batch_bytes() const noexcept { return max_batch_bytes_; }
  [[nodiscard]] std::size_t asked_batch_bytes() const noexcept { return asked_batch_bytes_; }

  /// What a report says of its record.
  [[nodiscard]] Outcome outcome_of(const rd_kafka_message_t& report) const noexcept;

  /// Has all that isn't reported reported now, as what is known of it.
  void purge() noexcept;

  /// Why it is of no use any more, or empty.
  [[nodiscard]] std::string fatal_error() const;

  /// What the client says.
  [[nodiscard]] const KafkaClientLog& log() const noexcept { return log_; }

  [[nodiscard]] rd_kafka_t& client() const noexcept { return *client_; }
  [[nodiscard]] rd_kafka_topic_t& topic() const noexcept { return *topic_; }
  [[nodiscard]] rd_kafka_queue_t& events() const noexcept {
    return *events_;
  }  ///< delivery reports and errors

 private:
  [[nodiscard]] bool was_never_sent(const rd_kafka_message_t& report) const noexcept;

  LastSending last_sending_;
  KafkaClientLog log_;
  KafkaHandle<rd_kafka_t> client_;
  KafkaHandle<rd_kafka_topic_t> topic_;
  KafkaHandle<rd_kafka_queue_t> events_;
  const std::size_t asked_batch_bytes_;
  const std::size_t max_batch_bytes_;
  const std::size_t max_message_bytes_;
  const bool compresses_;
};

}  // namespace geomatch::publish
