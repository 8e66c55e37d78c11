#include "kafka/producer.hpp"

#include <array>

#include <geomatch/publish/publication.hpp>

#include "kafka/config.hpp"

namespace geomatch::publish {
namespace {

rd_kafka_vu_t argument(rd_kafka_vtype_t type) noexcept {
  rd_kafka_vu_t made{};
  made.vtype = type;
  return made;
}

rd_kafka_vu_t bytes(rd_kafka_vtype_t type, const std::string* text) noexcept {
  rd_kafka_vu_t made = argument(type);
  if (text != nullptr) {
    made.u.mem.ptr = const_cast<char*>(text->data());  // librdkafka only reads it
    made.u.mem.size = text->size();
  }
  return made;
}

std::string property(rd_kafka_t& client, const char* name) {
  std::array<char, 64> value{};
  std::size_t size = value.size();
  rd_kafka_conf_get(rd_kafka_conf(&client), name, value.data(), &size);
  return value.data();
}

}  // namespace

KafkaProducer::KafkaProducer(const KafkaSettings& settings, std::size_t max_batch_bytes)
    : log_(settings),
      client_(make_kafka_producer(settings, log_, last_sending_, max_batch_bytes)),
      topic_(make_kafka_topic(*client_, settings.topic)),
      events_(rd_kafka_queue_get_main(client_.get())),
      asked_batch_bytes_(max_batch_bytes),
      max_batch_bytes_(std::stoull(property(*client_, "batch.size"))),
      max_message_bytes_(std::stoull(property(*client_, "message.max.bytes"))),
      compresses_(property(*client_, "compression.codec") != "none") {}

bool KafkaProducer::produce(Publication& publication) noexcept {
  const Record& record = publication.record;
  std::array arguments{argument(RD_KAFKA_VTYPE_RKT), bytes(RD_KAFKA_VTYPE_KEY, &record.key),
                       bytes(RD_KAFKA_VTYPE_VALUE, record.value ? &*record.value : nullptr),
                       argument(RD_KAFKA_VTYPE_TIMESTAMP), argument(RD_KAFKA_VTYPE_OPAQUE)};
  arguments[0].u.rkt = topic_.get();
  arguments[3].u.i64 = record.received_at.time_since_epoch().count();
  arguments[4].u.ptr = &publication;
  // No flags: neither copied, freed nor waited for.
  const KafkaHandle<rd_kafka_error_t> error{
      rd_kafka_produceva(client_.get(), arguments.data(), arguments.size())};
  return error == nullptr;
}

bool KafkaProducer::produce_sentinel(std::int32_t partition, void* opaque) noexcept {
  static const std::string no_entity;
  std::array arguments{argument(RD_KAFKA_VTYPE_RKT), argument(RD_KAFKA_VTYPE_PARTITION),
                       bytes(RD_KAFKA_VTYPE_KEY, &no_entity), bytes(RD_KAFKA_VTYPE_VALUE, nullptr),
                       argument(RD_KAFKA_VTYPE_OPAQUE)};
  arguments[0].u.rkt = topic_.get();
  arguments[1].u.i32 = partition;
  arguments[4].u.ptr = opaque;
  const KafkaHandle<rd_kafka_error_t> error{
      rd_kafka_produceva(client_.get(), arguments.data(), arguments.size())};
  return error == nullptr;
}

// Whether a record was "not persisted" librdkafka can only tell of the last time it was sent: a broker may
// have appended it before, and lost its leadership before it could say so. But a broker that refuses it for
// what it is has looked for it first.
Outcome KafkaProducer::outcome_of(const rd_kafka_message_t& report) const noexcept {
  if (rd_kafka_message_status(&report) == RD_KAFKA_MSG_STATUS_PERSISTED) return Outcome::published;
  if (was_never_sent(report)) return Outcome::not_published;
  const bool refused_by_broker = report.err > RD_KAFKA_RESP_ERR_NO_ERROR &&
                                 rd_kafka_message_status(&report) == RD_KAFKA_MSG_STATUS_NOT_PERSISTED;
  return refused_by_broker ? Outcome::not_published : Outcome::unknown;
}

bool KafkaProducer::was_never_sent(const rd_kafka_message_t& report) const noexcept {
  const std::chrono::microseconds age{rd_kafka_message_latency(&report)};
  return age.count() >= 0 && last_sending_.before(LastSending::Clock::now() - age);
}

void KafkaProducer::purge() noexcept {
  rd_kafka_purge(client_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
}

std::string KafkaProducer::fatal_error() const {
  std::array<char, 512> why{};
  const auto error = rd_kafka_fatal_error(client_.get(), why.data(), why.size());
  return error == RD_KAFKA_RESP_ERR_NO_ERROR ? std::string{} : std::string{why.data()};
}

}  // namespace geomatch::publish
