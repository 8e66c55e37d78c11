#include "kafka/topic_creation.hpp"

#include <array>
#include <stdexcept>

#include <spdlog/spdlog.h>

#include "kafka/errors.hpp"
#include "kafka/handles.hpp"

namespace geomatch::publish {
namespace {

constexpr int brokers_default = -1;

[[noreturn]] void fail(const std::string& topic, const std::string& why) {
  throw std::runtime_error("cannot create the Kafka topic '" + topic + "': " + why +
                           "; create it by hand, or check --publish and what this user may do");
}

KafkaHandle<rd_kafka_NewTopic_t> order(const std::string& topic) {
  std::array<char, 512> why{};
  KafkaHandle<rd_kafka_NewTopic_t> made{
      rd_kafka_NewTopic_new(topic.c_str(), brokers_default, brokers_default, why.data(), why.size())};
  if (!made) fail(topic, why.data());
  return made;
}

// Waits at the broker too, until all brokers know of the topic.
KafkaHandle<rd_kafka_AdminOptions_t> options(rd_kafka_t& client, std::chrono::milliseconds timeout) {
  KafkaHandle<rd_kafka_AdminOptions_t> made{
      rd_kafka_AdminOptions_new(&client, RD_KAFKA_ADMIN_OP_CREATETOPICS)};
  const auto ms = static_cast<int>(timeout.count());
  rd_kafka_AdminOptions_set_request_timeout(made.get(), ms, nullptr, 0);
  rd_kafka_AdminOptions_set_operation_timeout(made.get(), ms, nullptr, 0);
  return made;
}

}  // namespace

rd_kafka_resp_err_t create_kafka_topic(rd_kafka_t& client, const std::string& topic,
                                       std::chrono::milliseconds timeout) {
  const KafkaHandle<rd_kafka_queue_t> queue{rd_kafka_queue_new(&client)};
  const auto wanted = order(topic);
  std::array topics{wanted.get()};
  rd_kafka_CreateTopics(&client, topics.data(), topics.size(), options(client, timeout).get(), queue.get());

  constexpr int until_answer = -1;  // the options' timeout makes one
  const KafkaHandle<rd_kafka_event_t> answer{rd_kafka_queue_poll(queue.get(), until_answer)};
  const auto unanswered = rd_kafka_event_error(answer.get());
  if (unanswered != RD_KAFKA_RESP_ERR_NO_ERROR) return unanswered;
  std::size_t count = 0;
  const auto* results =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(answer.get()), &count);
  if (count != 1) fail(topic, "the answer isn't about it");
  const auto error = rd_kafka_topic_result_error(results[0]);
  switch (error) {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
      spdlog::info("kafka: created the topic '{}' with the brokers' defaults", topic);
      break;
    case RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS:
    case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
    case RD_KAFKA_RESP_ERR_NOT_CONTROLLER:
    case RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR:  // so far too few brokers are up
      break;
    default: {
      if (is_denied(error)) return error;
      const char* why = rd_kafka_topic_result_error_string(results[0]);
      fail(topic, why != nullptr ? why : rd_kafka_err2str(error));
    }
  }
  return RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE;
}

}  // namespace geomatch::publish
