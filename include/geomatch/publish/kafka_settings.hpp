#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace geomatch::publish {

/// How to reach a Kafka topic.
struct KafkaSettings {
  std::string brokers;  ///< bootstrap list, "HOST:PORT,HOST:PORT"
  std::string topic;
  std::vector<std::pair<std::string, std::string>>
      properties;                        ///< librdkafka's own, applied last and in order
  std::size_t queue_capacity = 100'000;  ///< records not settled, at most
  std::chrono::milliseconds delivery_timeout{
      5'000};  ///< after which a record that isn't in the log is given up
  std::chrono::milliseconds answer_timeout{10'000};  ///< after which reading the log gives up on its brokers
};

}  // namespace geomatch::publish
