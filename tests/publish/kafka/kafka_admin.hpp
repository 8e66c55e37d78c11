#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <librdkafka/rdkafka.h>

namespace geomatch::publish {

/// What a Kafka's operator does to it, for tests. Each throws std::runtime_error if the brokers don't.
class KafkaAdmin {
 public:
  explicit KafkaAdmin(const std::string& brokers) {
    rd_kafka_conf_t* config = rd_kafka_conf_new();
    rd_kafka_conf_set(config, "bootstrap.servers", brokers.c_str(), nullptr, 0);
    client_.reset(rd_kafka_new(RD_KAFKA_PRODUCER, config, nullptr, 0));
    queue_.reset(rd_kafka_queue_new(client_.get()));
  }

  /// A topic of one partition that takes batches of `max_batch_bytes`.
  void create_topic(const std::string& topic, std::size_t max_batch_bytes) {
    rd_kafka_NewTopic_t* wanted = rd_kafka_NewTopic_new(topic.c_str(), 1, -1, nullptr, 0);
    rd_kafka_NewTopic_set_config(wanted, limit, std::to_string(max_batch_bytes).c_str());
    rd_kafka_CreateTopics(client_.get(), &wanted, 1, nullptr, queue_.get());
    rd_kafka_NewTopic_destroy(wanted);
    const Event answer = await();
    std::size_t count = 0;
    const auto* results =
        rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(answer.get()), &count);
    expect(count == 1 ? rd_kafka_topic_result_error(results[0]) : RD_KAFKA_RESP_ERR__FAIL);
  }

  void set_max_batch_bytes(const std::string& topic, std::size_t max_batch_bytes) {
    rd_kafka_ConfigResource_t* wanted = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str());
    rd_kafka_ConfigResource_set_config(wanted, limit, std::to_string(max_batch_bytes).c_str());
    rd_kafka_AlterConfigs(client_.get(), &wanted, 1, nullptr, queue_.get());
    rd_kafka_ConfigResource_destroy(wanted);
    const Event answer = await();
    std::size_t count = 0;
    const auto* results =
        rd_kafka_AlterConfigs_result_resources(rd_kafka_event_AlterConfigs_result(answer.get()), &count);
    expect(count == 1 ? rd_kafka_ConfigResource_error(results[0]) : RD_KAFKA_RESP_ERR__FAIL);
  }

  void allow(const std::string& user, rd_kafka_AclOperation_t operation, const std::string& topic) {
    rd_kafka_AclBinding_t* wanted = rd_kafka_AclBinding_new(
        RD_KAFKA_RESOURCE_TOPIC, topic.c_str(), RD_KAFKA_RESOURCE_PATTERN_LITERAL, ("User:" + user).c_str(),
        "*", operation, RD_KAFKA_ACL_PERMISSION_TYPE_ALLOW, nullptr, 0);
    rd_kafka_CreateAcls(client_.get(), &wanted, 1, nullptr, queue_.get());
    rd_kafka_AclBinding_destroy(wanted);
    const Event answer = await();
    std::size_t count = 0;
    const auto* results =
        rd_kafka_CreateAcls_result_acls(rd_kafka_event_CreateAcls_result(answer.get()), &count);
    expect(count == 1 ? rd_kafka_error_code(rd_kafka_acl_result_error(results[0])) : RD_KAFKA_RESP_ERR__FAIL);
  }

  void forbid(const std::string& user, rd_kafka_AclOperation_t operation, const std::string& topic) {
    rd_kafka_AclBindingFilter_t* wanted = rd_kafka_AclBindingFilter_new(
        RD_KAFKA_RESOURCE_TOPIC, topic.c_str(), RD_KAFKA_RESOURCE_PATTERN_LITERAL, ("User:" + user).c_str(),
        "*", operation, RD_KAFKA_ACL_PERMISSION_TYPE_ALLOW, nullptr, 0);
    rd_kafka_DeleteAcls(client_.get(), &wanted, 1, nullptr, queue_.get());
    rd_kafka_AclBinding_destroy(wanted);
    await();
  }

 private:
  static constexpr const char* limit = "max.message.bytes";

  struct Deleter {
    void operator()(rd_kafka_t* client) const noexcept { rd_kafka_destroy(client); }
    void operator()(rd_kafka_queue_t* queue) const noexcept { rd_kafka_queue_destroy(queue); }
    void operator()(rd_kafka_event_t* event) const noexcept { rd_kafka_event_destroy(event); }
  };
  using Event = std::unique_ptr<rd_kafka_event_t, Deleter>;

  Event await() {
    Event answer{rd_kafka_queue_poll(queue_.get(), -1)};
    expect(rd_kafka_event_error(answer.get()));
    return answer;
  }

  static void expect(rd_kafka_resp_err_t error) {
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) throw std::runtime_error(rd_kafka_err2str(error));
  }

  std::unique_ptr<rd_kafka_t, Deleter> client_;
  std::unique_ptr<rd_kafka_queue_t, Deleter> queue_;
};

}  // namespace geomatch::publish
