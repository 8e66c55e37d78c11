#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include <librdkafka/rdkafka.h>

#include <geomatch/publish/record.hpp>

namespace geomatch::publish {

/// The largest batch, in bytes, that `topic` takes: its `max.message.bytes`, which is the brokers'
/// `message.max.bytes` where it has none of its own. Nullopt if the brokers don't tell. Blocks, at most for
/// twice `timeout`.
[[nodiscard]] std::optional<std::size_t> read_topic_limit(rd_kafka_t& client, rd_kafka_topic_t& topic,
                                                          std::chrono::milliseconds timeout);

/// How large a batch, uncompressed, is that holds `record` alone.
[[nodiscard]] std::size_t batch_bytes(const Record& record) noexcept;

}  // namespace geomatch::publish
