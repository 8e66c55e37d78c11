#pragma once

#include <chrono>
#include <memory>
#include <string>

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <geomatch/publish/kafka_settings.hpp>

namespace geomatch::publish {

/// librdkafka's mock cluster of one broker on loopback: it fails on command, and keeps nothing.
class MockKafka {
 public:
  static constexpr std::int16_t produce = 0;  // API keys of the protocol
  static constexpr std::int16_t list_offsets = 2;
  static constexpr std::int16_t init_producer_id = 22;

  MockKafka()
      : client_(rd_kafka_new(RD_KAFKA_PRODUCER, quiet(), nullptr, 0)),
        cluster_(rd_kafka_mock_cluster_new(client_.get(), 1)) {}

  /// How to reach it; a record that can't be delivered is given up soon.
  [[nodiscard]] KafkaSettings settings(const std::string& topic) const {
    KafkaSettings made;
    made.brokers = rd_kafka_mock_cluster_bootstraps(cluster_.get());
    made.topic = topic;
    made.delivery_timeout = std::chrono::milliseconds{1'500};
    made.answer_timeout = std::chrono::milliseconds{3'000};
    return made;
  }

  /// Makes a topic; publishing to one would make it too.
  void create(const std::string& topic) { rd_kafka_mock_topic_create(cluster_.get(), topic.c_str(), 4, 1); }

  void go_down() { rd_kafka_mock_broker_set_down(cluster_.get(), broker); }
  void come_up() { rd_kafka_mock_broker_set_up(cluster_.get(), broker); }

  /// Answers come so much later from now on.
  void delay_answers(std::chrono::milliseconds delay) {
    rd_kafka_mock_broker_set_rtt(cluster_.get(), broker, static_cast<int>(delay.count()));
  }

  /// The next `times` requests of a kind fail so.
  void fail_next(std::int16_t api_key, rd_kafka_resp_err_t error, int times = 1) {
    for (; times > 0; --times) {
      rd_kafka_mock_broker_push_request_error_rtts(cluster_.get(), broker, api_key, 1, error, 0);
    }
  }

  /// The next request of a kind is answered so late; it counts as one that is still to fail until it comes.
  void delay_next(std::int16_t api_key, std::chrono::milliseconds delay) {
    rd_kafka_mock_broker_push_request_error_rtts(cluster_.get(), broker, api_key, 1,
                                                 RD_KAFKA_RESP_ERR_NO_ERROR, static_cast<int>(delay.count()));
  }

  /// How many requests of a kind are still to fail.
  [[nodiscard]] std::size_t failures_to_come(std::int16_t api_key) const {
    std::size_t count = 0;
    rd_kafka_mock_broker_error_stack_cnt(cluster_.get(), broker, api_key, &count);
    return count;
  }

 private:
  static constexpr std::int32_t broker = 1;

  static rd_kafka_conf_t* quiet() {
    rd_kafka_conf_t* config = rd_kafka_conf_new();
    rd_kafka_conf_set(config, "log_level", "0", nullptr, 0);
    return config;
  }

  struct Deleter {
    void operator()(rd_kafka_t* client) const noexcept { rd_kafka_destroy(client); }
    void operator()(rd_kafka_mock_cluster_t* cluster) const noexcept {
      rd_kafka_mock_cluster_destroy(cluster);
    }
  };

  std::unique_ptr<rd_kafka_t, Deleter> client_;
  std::unique_ptr<rd_kafka_mock_cluster_t, Deleter> cluster_;
};

}  // namespace geomatch::publish
