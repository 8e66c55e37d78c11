#pragma once

#include <chrono>
#include <string>

#include <librdkafka/rdkafka.h>

namespace geomatch::publish {

/// Creates `topic` with as many partitions and replicas as the brokers give by default, and tells the log.
/// False if somebody else just did. Throws std::runtime_error with the remedy when it can't be created within
/// `timeout`.
bool create_kafka_topic(rd_kafka_t& client, const std::string& topic, std::chrono::milliseconds timeout);

}  // namespace geomatch::publish
