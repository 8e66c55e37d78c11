#pragma once

#include <chrono>
#include <string>

#include <librdkafka/rdkafka.h>

namespace geomatch::publish {

/// Asks the brokers to create `topic` with their own defaults. Blocks, at most for `timeout`. Gives why it
/// can't be read yet: at best, that its leaders are still being chosen; or that this user may not create it.
/// Throws std::runtime_error with the remedy if the brokers won't create it.
[[nodiscard]] rd_kafka_resp_err_t create_kafka_topic(rd_kafka_t& client, const std::string& topic,
                                                     std::chrono::milliseconds timeout);

}  // namespace geomatch::publish
