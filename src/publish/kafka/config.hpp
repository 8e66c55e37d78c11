#pragma once

#include <cstddef>

#include <geomatch/publish/kafka_settings.hpp>

#include "kafka/handles.hpp"

namespace geomatch::publish {

class KafkaClientLog;
class LastSending;

/// A producer that keeps geomatch's promises, set up but not connected: its delivery reports and errors are
/// events on its main queue, and batches of more than one record are no larger than `max_batch_bytes`.
/// `client_log` gets what it says and `last_sending` is kept up to date; both outlive it. Throws
/// std::invalid_argument, naming the property, for what librdkafka refuses or what would break a promise.
[[nodiscard]] KafkaHandle<rd_kafka_t> make_kafka_producer(const KafkaSettings& settings,
                                                          KafkaClientLog& client_log,
                                                          LastSending& last_sending,
                                                          std::size_t max_batch_bytes);

/// A consumer that commits nothing and reports the end of each partition; of the settings' properties, those
/// that only concern producers are passed over. Throws as above.
[[nodiscard]] KafkaHandle<rd_kafka_t> make_kafka_consumer(const KafkaSettings& settings,
                                                          KafkaClientLog& client_log);

/// Throws what make_kafka_consumer would. Connects to nothing.
void check_kafka_consumer(const KafkaSettings& settings);

/// A handle on `topic`, for calls that take one.
[[nodiscard]] KafkaHandle<rd_kafka_topic_t> make_kafka_topic(rd_kafka_t& client, const std::string& topic);

}  // namespace geomatch::publish
