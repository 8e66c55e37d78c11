#include "librdkafka_alone.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include <librdkafka/rdkafka.h>

namespace geomatch::bench {
namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "librdkafka alone: %s\n", what);
  std::exit(1);
}

struct Traveller {
  std::string key;
  std::string value;
  Clock::time_point set_out_at;
};

class Loop {
 public:
  Loop(const std::string& brokers, const std::string& topic, const std::string& linger_ms) {
    rd_kafka_conf_t* config = rd_kafka_conf_new();
    const auto set = [config](const char* key, const std::string& value) {
      if (rd_kafka_conf_set(config, key, value.c_str(), nullptr, 0) != RD_KAFKA_CONF_OK) fail(key);
    };
    set("bootstrap.servers", brokers);
    set("enable.idempotence", "true");
    set("acks", "all");
    set("socket.nagle.disable", "true");
    set("linger.ms", linger_ms);
    set("partitioner", "murmur2_random");
    rd_kafka_conf_set_events(config, RD_KAFKA_EVENT_DR);
    client_ = rd_kafka_new(RD_KAFKA_PRODUCER, config, nullptr, 0);
    if (client_ == nullptr) fail("no producer");
    topic_ = rd_kafka_topic_new(client_, topic.c_str(), nullptr);
    queue_ = rd_kafka_queue_get_main(client_);
  }
  ~Loop() {
    rd_kafka_queue_destroy(queue_);
    rd_kafka_topic_destroy(topic_);
    rd_kafka_destroy(client_);
  }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  void set_out(Traveller& traveller) {
    traveller.set_out_at = Clock::now();
    if (rd_kafka_produce(topic_, RD_KAFKA_PARTITION_UA, 0, traveller.value.data(), traveller.value.size(),
                         traveller.key.data(), traveller.key.size(), &traveller) != 0) {
      fail(rd_kafka_err2str(rd_kafka_last_error()));
    }
  }

  // Gives each that has come home to `receive`.
  template <typename Receive>
  void poll(const Receive& receive) {
    rd_kafka_event_t* event = rd_kafka_queue_poll(queue_, -1);
    std::array<const rd_kafka_message_t*, 256> messages{};
    while (const auto count = rd_kafka_event_message_array(event, messages.data(), messages.size())) {
      for (std::size_t i = 0; i < count; ++i) {
        if (messages[i]->err != RD_KAFKA_RESP_ERR_NO_ERROR) fail(rd_kafka_err2str(messages[i]->err));
        receive(*static_cast<Traveller*>(messages[i]->_private));
      }
    }
    rd_kafka_event_destroy(event);
  }

 private:
  rd_kafka_t* client_ = nullptr;
  rd_kafka_topic_t* topic_ = nullptr;
  rd_kafka_queue_t* queue_ = nullptr;
};

}  // namespace

Measured measure_librdkafka_alone(const std::string& brokers, const std::string& topic,
                                  const std::string& linger_ms, const Load& load) {
  Loop loop{brokers, topic, linger_ms};
  std::vector<Traveller> travellers(load.in_flight);
  for (std::size_t i = 0; i < travellers.size(); ++i) {
    travellers[i].key = "driver-" + std::to_string(i);
    travellers[i].value = std::string(load.value_bytes, 'x');
  }
  // The first has connections made.
  loop.set_out(travellers.front());
  loop.poll([](Traveller&) {});

  Measured measured;
  const auto began = Clock::now();
  const auto end = began + load.duration;
  std::size_t under_way = travellers.size();
  for (Traveller& traveller : travellers) loop.set_out(traveller);
  while (under_way != 0) {
    loop.poll([&](Traveller& traveller) {
      const auto now = Clock::now();
      measured.latencies_ms.push_back(
          std::chrono::duration<float, std::milli>(now - traveller.set_out_at).count());
      if (now < end) {
        loop.set_out(traveller);
      } else {
        --under_way;
      }
    });
  }
  const std::chrono::duration<double> took = Clock::now() - began;
  measured.records_per_s = static_cast<double>(measured.latencies_ms.size()) / took.count();
  return measured;
}

}  // namespace geomatch::bench
