#include <utility>

#include <geomatch/publish/kafka_reader.hpp>

#include "kafka_config.hpp"
#include "kafka_replay.hpp"

namespace geomatch::publish {

KafkaReader::KafkaReader(KafkaSettings settings) : settings_(std::move(settings)) {
  check_kafka_consumer(settings_);  // rather now than in `replay`
}

void KafkaReader::replay(model::TimePoint since, const Sink& sink) {
  KafkaReplay{settings_}.run(since, sink);
}

}  // namespace geomatch::publish
