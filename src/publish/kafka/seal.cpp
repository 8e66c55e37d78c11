#include "kafka/seal.hpp"

#include <stdexcept>
#include <string>

#include "kafka/handles.hpp"

namespace geomatch::publish {
namespace {

[[noreturn]] void fail(const std::string& why) {
  throw std::runtime_error("cannot write to the Kafka topic: " + why +
                           "; check --publish and what this user may do");
}

}  // namespace

void KafkaSeal::begin(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    if (!producer_.produce_sentinel(static_cast<std::int32_t>(i))) fail("its partition " + std::to_string(i));
  }
  open_ = count;
}

void KafkaSeal::poll(const Sink& sink) {
  const KafkaHandle<rd_kafka_event_t> event{rd_kafka_queue_poll(&producer_.events(), 0)};
  if (!event || rd_kafka_event_type(event.get()) != RD_KAFKA_EVENT_DR) {
    if (const std::string why = producer_.fatal_error(); !why.empty()) fail(why);
    return;
  }
  while (const rd_kafka_message_t* report = rd_kafka_event_message_next(event.get())) {
    if (report->err != RD_KAFKA_RESP_ERR_NO_ERROR) fail(rd_kafka_err2str(report->err));
    --open_;
    sink(report->partition, report->offset);
  }
}

}  // namespace geomatch::publish
