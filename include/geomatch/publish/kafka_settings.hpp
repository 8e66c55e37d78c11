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
  /// After which more records are refused while none is delivered. Those that are pending stay so.
  std::chrono::milliseconds delivery_timeout{2'000};
  /// For how long a record may still turn up in the log whose producer failed before it was reported: longer
  /// than brokers hold on to a request, or to a connection that says nothing.
  std::chrono::milliseconds quarantine{60'000};
  /// After which reading the log gives up on brokers that don't answer.
  std::chrono::milliseconds answer_timeout{10'000};
};

}  // namespace geomatch::publish
