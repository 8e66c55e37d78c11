#pragma once

#include <geomatch/publish/kafka_settings.hpp>

#include "kafka/handles.hpp"

namespace geomatch::publish {

class LastSending;

/// A producer that keeps geomatch's promises, set up but not connected: its delivery reports and errors are
/// events on its main queue. `last_sending`, which outlives it, is kept up to date. Throws
/// std::invalid_argument for a property that librdkafka doesn't take, or that would break a promise.
[[nodiscard]] KafkaHandle<rd_kafka_t> make_kafka_producer(const KafkaSettings& settings,
                                                          LastSending& last_sending);

/// A consumer that commits nothing and reports the end of each partition; of the settings' properties, those
/// that only concern producers are passed over. Throws as above.
[[nodiscard]] KafkaHandle<rd_kafka_t> make_kafka_consumer(const KafkaSettings& settings);

/// Throws what make_kafka_consumer would for one of the settings' properties.
void check_kafka_consumer(const KafkaSettings& settings);

/// A handle on `topic`, for calls that take one.
[[nodiscard]] KafkaHandle<rd_kafka_topic_t> make_kafka_topic(rd_kafka_t& client, const std::string& topic);

}  // namespace geomatch::publish
