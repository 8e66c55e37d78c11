#pragma once

#include <chrono>
#include <cstdlib>
#include <string>

#include <librdkafka/rdkafka.h>

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

/// Takes away all that lies before `offset` in partition 0 of a topic, as retention does.
inline void delete_before(const KafkaSettings& settings, std::int64_t offset) {
  rd_kafka_conf_t* config = rd_kafka_conf_new();
  rd_kafka_conf_set(config, "bootstrap.servers", settings.brokers.c_str(), nullptr, 0);
  rd_kafka_t* client = rd_kafka_new(RD_KAFKA_PRODUCER, config, nullptr, 0);
  rd_kafka_queue_t* queue = rd_kafka_queue_new(client);
  rd_kafka_topic_partition_list_t* before = rd_kafka_topic_partition_list_new(1);
  rd_kafka_topic_partition_list_add(before, settings.topic.c_str(), 0)->offset = offset;
  rd_kafka_DeleteRecords_t* wanted = rd_kafka_DeleteRecords_new(before);
  rd_kafka_DeleteRecords(client, &wanted, 1, nullptr, queue);
  rd_kafka_event_destroy(rd_kafka_queue_poll(queue, -1));
  rd_kafka_DeleteRecords_destroy(wanted);
  rd_kafka_topic_partition_list_destroy(before);
  rd_kafka_queue_destroy(queue);
  rd_kafka_destroy(client);
}

/// Gives a topic as many partitions. False if the brokers don't.
[[nodiscard]] inline bool widen(const KafkaSettings& settings, std::size_t partitions) {
  rd_kafka_conf_t* config = rd_kafka_conf_new();
  rd_kafka_conf_set(config, "bootstrap.servers", settings.brokers.c_str(), nullptr, 0);
  rd_kafka_t* client = rd_kafka_new(RD_KAFKA_PRODUCER, config, nullptr, 0);
  rd_kafka_queue_t* queue = rd_kafka_queue_new(client);
  rd_kafka_NewPartitions_t* wanted =
      rd_kafka_NewPartitions_new(settings.topic.c_str(), partitions, nullptr, 0);
  rd_kafka_CreatePartitions(client, &wanted, 1, nullptr, queue);
  rd_kafka_event_t* answer = rd_kafka_queue_poll(queue, -1);
  std::size_t count = 0;
  const auto* results =
      rd_kafka_CreatePartitions_result_topics(rd_kafka_event_CreatePartitions_result(answer), &count);
  const bool done = count == 1 && rd_kafka_topic_result_error(results[0]) == RD_KAFKA_RESP_ERR_NO_ERROR;
  rd_kafka_event_destroy(answer);
  rd_kafka_NewPartitions_destroy(wanted);
  rd_kafka_queue_destroy(queue);
  rd_kafka_destroy(client);
  return done;
}

}  // namespace geomatch::publish

#define GEOMATCH_SKIP_WITHOUT_REAL_KAFKA()             \
  if (geomatch::publish::real_kafka_brokers().empty()) \
  GTEST_SKIP()                                         \
      << "needs a real Kafka: scripts/kafka start, then GEOMATCH_TEST_KAFKA=HOST:PORT in the environment"
