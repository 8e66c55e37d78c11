#include "kafka/seal.hpp"

#include <stdexcept>

#include "kafka/handles.hpp"

namespace geomatch::publish {

KafkaSeal::KafkaSeal(const KafkaSettings& settings)
    : settings_(settings), producer_(std::make_unique<KafkaProducer>(settings)) {}

void KafkaSeal::begin(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) open_.insert(static_cast<std::int32_t>(i));
  refused_ = true;
  try_again();
}

void KafkaSeal::poll(const Sink& sink) {
  if (refused_ && Clock::now() >= again_at_) try_again();
  const KafkaHandle<rd_kafka_event_t> event{rd_kafka_queue_poll(&producer_->events(), 0)};
  if (event && rd_kafka_event_type(event.get()) == RD_KAFKA_EVENT_DR) {
    while (const rd_kafka_message_t* report = rd_kafka_event_message_next(event.get())) take(*report, sink);
  } else if (const std::string why = producer_->fatal_error(); !why.empty()) {
    refuse(why);
  }
}

void KafkaSeal::take(const rd_kafka_message_t& report, const Sink& sink) {
  if (report.err != RD_KAFKA_RESP_ERR_NO_ERROR) return refuse(rd_kafka_err2str(report.err));
  if (open_.erase(report.partition) != 0) sink(report.partition, report.offset);
}

void KafkaSeal::refuse(const std::string& why) {
  waits_for_ = "cannot write to the Kafka topic '" + settings_.topic + "': " + why +
               "; check --publish and what this user may do";
  if (!refused_) again_at_ = Clock::now() + backoff_.next();
  refused_ = true;
}

// A sentinel too many says nothing either.
void KafkaSeal::try_again() {
  try {
    if (!producer_->fatal_error().empty()) producer_ = std::make_unique<KafkaProducer>(settings_);
  } catch (const std::exception& failure) {
    again_at_ = Clock::now() + backoff_.next();
    waits_for_ = failure.what();
    return;
  }
  refused_ = false;
  for (const std::int32_t partition : open_) {
    if (!producer_->produce_sentinel(partition)) return refuse("its partition " + std::to_string(partition));
  }
}

}  // namespace geomatch::publish
