#pragma once

#include <chrono>
#include <cstdlib>
#include <string>

#include <geomatch/publish/kafka_settings.hpp>

namespace geomatch::publish {

/// Where a real Kafka for tests is, HOST:PORT[,…], or empty. `scripts/kafka start` starts one.
[[nodiscard]] inline std::string real_kafka_brokers() {
  const char* brokers = std::getenv("GEOMATCH_TEST_KAFKA");
  return brokers != nullptr ? brokers : "";
}

/// How to reach it, with a topic that no other test and no earlier run has.
[[nodiscard]] inline KafkaSettings real_kafka_settings(const std::string& name) {
  KafkaSettings made;
  made.brokers = real_kafka_brokers();
  made.topic =
      "test-" + name + "-" + std::to_string(std::chrono::system_clock::now().time_since_epoch().count());
  return made;
}

}  // namespace geomatch::publish

#define GEOMATCH_SKIP_WITHOUT_REAL_KAFKA()             \
  if (geomatch::publish::real_kafka_brokers().empty()) \
  GTEST_SKIP()                                         \
      << "needs a real Kafka: scripts/kafka start, then GEOMATCH_TEST_KAFKA=HOST:PORT in the environment"
