#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace geomatch::publish {

/// How to reach a Kafka topic.
struct KafkaSettings {
  /// Bootstrap list, "HOST:PORT,HOST:PORT".
  std::string brokers;
  std::string topic;
  /// librdkafka's own, applied last and in order.
  std::vector<std::pair<std::string, std::string>> properties;
  /// Records not settled, at most.
  std::size_t queue_capacity = 100'000;
  /// After which a record that isn't in the log is given up. librdkafka looks once a second: up to one more.
  std::chrono::milliseconds delivery_timeout{5'000};
  /// After which reading the log gives up on brokers that don't answer.
  std::chrono::milliseconds answer_timeout{10'000};
};

}  // namespace geomatch::publish
