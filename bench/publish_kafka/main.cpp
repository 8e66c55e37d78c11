// The Kafka publisher beside librdkafka alone.
//
//     publish_kafka HOST:PORT[,…] [SECONDS [LINGER_MS…]]    how long each of the rounds takes (2); 0 0.5 1 5
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <geomatch/publish/kafka_merge.hpp>
#include <geomatch/publish/kafka_publisher.hpp>
#include <geomatch/publish/kafka_reader.hpp>
#include <geomatch/publish/resend_window.hpp>

#include "librdkafka_alone.hpp"
#include "support/load.hpp"
#include "support/series.hpp"

namespace geomatch::bench {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t value_bytes = 160;
constexpr int rounds = 5;

publish::KafkaSettings settings(const std::string& brokers, const std::string& topic,
                                const std::string& linger_ms) {
  return {.brokers = brokers, .topic = topic, .properties = {{"linger.ms", linger_ms}}};
}

void await_ready(const publish::KafkaPublisher& publisher) {
  while (!publisher.unavailable_reason().empty()) std::this_thread::sleep_for(5ms);
}

Measured measure_publisher(const publish::KafkaSettings& kafka, const Load& load) {
  publish::ResendWindow resends{60s, 1'000};
  publish::KafkaPublisher publisher{kafka, resends, std::make_shared<publish::KafkaMerge>()};
  await_ready(publisher);
  static_cast<void>(measure(publisher, {.in_flight = 1, .value_bytes = value_bytes, .duration = 1ms}));
  return measure(publisher, load);
}

// As in the server, where a reader follows the topic.
Measured measure_followed(const publish::KafkaSettings& kafka, const Load& load) {
  publish::ResendWindow resends{60s, 1'000};
  auto merge = std::make_shared<publish::KafkaMerge>();
  publish::KafkaReader reader{kafka, merge};
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  reader.replay(now, [](const publish::Record&) {});
  reader.follow([](const publish::Record&) {});
  publish::KafkaPublisher publisher{kafka, resends, std::move(merge)};
  await_ready(publisher);
  static_cast<void>(measure(publisher, {.in_flight = 1, .value_bytes = value_bytes, .duration = 1ms}));
  Measured measured = measure(publisher, load);
  publisher.stop(1s);
  return measured;
}

void compare(const std::string& brokers, const std::string& topic, const std::string& linger_ms,
             const Load& load) {
  Series alone;
  Series ours;
  Series followed;
  const auto kafka = settings(brokers, topic, linger_ms);
  for (int round = 0; round < rounds; ++round) {
    alone.add(measure_librdkafka_alone(brokers, topic, linger_ms, load));
    ours.add(measure_publisher(kafka, load));
    followed.add(measure_followed(kafka, load));
  }
  std::printf("linger.ms %s, %zu in flight, medians of %d rounds\n", linger_ms.c_str(), load.in_flight,
              rounds);
  alone.print("  librdkafka alone");
  ours.print("  publisher");
  followed.print("  publisher, followed");
  std::printf("  publisher / alone: rate %.2f, p99 %.2f; followed: rate %.2f, p99 %.2f\n",
              ours.rate() / alone.rate(), ours.latency_ms(0.99) / alone.latency_ms(0.99),
              followed.rate() / alone.rate(), followed.latency_ms(0.99) / alone.latency_ms(0.99));
  std::fflush(stdout);
}

}  // namespace
}  // namespace geomatch::bench

int main(int argc, char** argv) {
  using namespace geomatch::bench;
  if (argc < 2) {
    std::fprintf(stderr, "usage: publish_kafka HOST:PORT[,…] [SECONDS [LINGER_MS…]]\n");
    return 2;
  }
  const auto duration =
      std::chrono::milliseconds{static_cast<long>((argc > 2 ? std::stod(argv[2]) : 2) * 1000)};
  std::vector<std::string> lingers(argv + std::min(argc, 3), argv + argc);
  if (lingers.empty()) lingers = {"0", "0.5", "1", "5"};
  const std::string topic =
      "bench-" + std::to_string(std::chrono::system_clock::now().time_since_epoch().count());
  for (const std::size_t in_flight : {64U, 1'000U}) {
    for (const std::string& linger_ms : lingers) {
      compare(argv[1], topic, linger_ms,
              {.in_flight = in_flight, .value_bytes = value_bytes, .duration = duration});
    }
  }
}
