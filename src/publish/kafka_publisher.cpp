#include <array>
#include <atomic>
#include <span>
#include <thread>

#include <spdlog/spdlog.h>

#include <geomatch/publish/kafka_publisher.hpp>
#include <geomatch/publish/publication.hpp>
#include <geomatch/publish/settlement.hpp>

#include "kafka_config.hpp"
#include "kafka_handles.hpp"
#include "kafka_watch.hpp"

namespace geomatch::publish {
namespace {

Outcome outcome_of(const rd_kafka_message_t& message) noexcept {
  switch (rd_kafka_message_status(&message)) {
    case RD_KAFKA_MSG_STATUS_PERSISTED:
      return Outcome::published;
    case RD_KAFKA_MSG_STATUS_NOT_PERSISTED:
      // A broker that failed in a way it has no name for gives no certainty.
      return message.err == RD_KAFKA_RESP_ERR_UNKNOWN ? Outcome::unknown : Outcome::not_published;
    case RD_KAFKA_MSG_STATUS_POSSIBLY_PERSISTED:
      break;
  }
  return Outcome::unknown;
}

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

}  // namespace

// Who owns a publication: from a successful produce on librdkafka has its address, as the message's opaque,
// and the address of its value; the key is copied. librdkafka reads the value until it has made the message's
// delivery report, and not afterwards: a request that is timed out, purged or cut off leaves the broker's
// buffers before its messages are reported, and if half of it was written, the connection is closed. The
// report is the only thing that comes back, once for each message, and gives the address to `settle`, which
// gives it to its home thread. Nothing of ours touches the publication between: it may be reported, settled
// and gone before produce has returned.
struct KafkaPublisher::Impl {
  Impl(const KafkaSettings& settings, ResendWindow& resends)
      : client(make_kafka_producer(settings)),
        topic(make_kafka_topic(*client, settings.topic)),
        queue(rd_kafka_queue_get_main(client.get())),
        settlement(resends),
        watch(*client, *topic, settings.brokers),
        reports([this] { run(); }) {}

  bool produce(Publication& publication) noexcept;
  void run() noexcept;
  void take(rd_kafka_event_t& event) noexcept;
  void settle(rd_kafka_event_t& event) noexcept;
  void note_error(rd_kafka_event_t& event) noexcept;
  void settle_rest() noexcept;

  KafkaHandle<rd_kafka_t> client;
  KafkaHandle<rd_kafka_topic_t> topic;
  KafkaHandle<rd_kafka_queue_t> queue;
  Settlement settlement;  // only the report thread's
  KafkaWatch watch;
  std::atomic<std::size_t> pending{0};
  std::atomic<bool> stopped{false};
  std::atomic<bool> all_settled{false};
  std::thread reports;
};

bool KafkaPublisher::Impl::produce(Publication& publication) noexcept {
  const Record& record = publication.record;
  std::array arguments{argument(RD_KAFKA_VTYPE_RKT), bytes(RD_KAFKA_VTYPE_KEY, &record.key),
                       bytes(RD_KAFKA_VTYPE_VALUE, record.value ? &*record.value : nullptr),
                       argument(RD_KAFKA_VTYPE_TIMESTAMP), argument(RD_KAFKA_VTYPE_OPAQUE)};
  arguments[0].u.rkt = topic.get();
  arguments[3].u.i64 = record.received_at.time_since_epoch().count();
  arguments[4].u.ptr = &publication;
  // No flags: neither copied, freed nor waited for.
  const KafkaHandle<rd_kafka_error_t> error{
      rd_kafka_produceva(client.get(), arguments.data(), arguments.size())};
  return error == nullptr;
}

void KafkaPublisher::Impl::run() noexcept {
  // Acquire: pairs with the release in `stop`. Everything was settled before it.
  while (!all_settled.load(std::memory_order_acquire)) {
    constexpr int until_event_or_yield = -1;
    const KafkaHandle<rd_kafka_event_t> event{rd_kafka_queue_poll(queue.get(), until_event_or_yield)};
    if (event) take(*event);
  }
}

void KafkaPublisher::Impl::take(rd_kafka_event_t& event) noexcept {
  switch (rd_kafka_event_type(&event)) {
    case RD_KAFKA_EVENT_DR:
      settle(event);
      break;
    case RD_KAFKA_EVENT_ERROR:
      note_error(event);
      break;
    default:
      break;
  }
}

void KafkaPublisher::Impl::settle(rd_kafka_event_t& event) noexcept {
  std::array<const rd_kafka_message_t*, 256> messages{};
  std::size_t settled = 0;
  bool failed = false;
  bool delivered = false;
  while (const auto count = rd_kafka_event_message_array(&event, messages.data(), messages.size())) {
    for (const rd_kafka_message_t* message : std::span{messages}.first(count)) {
      const Outcome outcome = outcome_of(*message);
      (outcome == Outcome::published ? delivered : failed) = true;
      settlement.settle(*static_cast<Publication*>(message->_private), outcome);
    }
    settled += count;
  }
  pending.fetch_sub(settled);  // first: whoever learns of an outcome doesn't find it pending
  settlement.flush();
  if (delivered) watch.note_delivery();
  if (failed) watch.suspect();
}

// librdkafka has logged it.
void KafkaPublisher::Impl::note_error(rd_kafka_event_t& event) noexcept {
  spdlog::debug("kafka: {}", rd_kafka_event_error_string(&event));
  watch.suspect();
}

// A publisher thread that read `stopped` just before it was set may still be handing its record over: purging
// is repeated until nothing is pending. Each record is reported by its purge, if not before.
void KafkaPublisher::Impl::settle_rest() noexcept {
  while (pending.load() != 0) {
    rd_kafka_purge(client.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_flush(client.get(), 10);  // returns once the report thread has taken them all
    std::this_thread::yield();
  }
}

KafkaPublisher::KafkaPublisher(const KafkaSettings& settings, ResendWindow& resends)
    : impl_(std::make_unique<Impl>(settings, resends)) {}

KafkaPublisher::~KafkaPublisher() {
  stop(std::chrono::milliseconds{0});
}

bool KafkaPublisher::publish(Publication& publication) noexcept {
  // Counted before `stopped` is read, both in one order with the store and the load in `stop`: either this
  // sees that it was stopped, or `stop` sees that this is pending.
  impl_->pending.fetch_add(1);
  if (!impl_->stopped.load() && impl_->produce(publication)) return true;
  impl_->pending.fetch_sub(1);
  return false;
}

std::string KafkaPublisher::unavailable_reason() const {
  std::array<char, 512> why{};
  if (rd_kafka_fatal_error(impl_->client.get(), why.data(), why.size()) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return "the Kafka producer failed for good, restart geomatch: " + std::string{why.data()};
  }
  return impl_->watch.reason();
}

// Relaxed: a figure, nothing is read by way of it.
std::size_t KafkaPublisher::pending() const noexcept {
  return impl_->pending.load(std::memory_order_relaxed);
}

// The client stays until the destructor: a thread whose record is settled may still be on its way out of
// produce.
void KafkaPublisher::stop(std::chrono::milliseconds deadline) noexcept {
  if (impl_->stopped.exchange(true)) return;
  impl_->watch.stop();
  rd_kafka_flush(impl_->client.get(), static_cast<int>(deadline.count()));
  impl_->settle_rest();
  impl_->all_settled.store(true, std::memory_order_release);  // pairs with the acquire in `run`
  rd_kafka_queue_yield(impl_->queue.get());                   // ends the poll that runs, or the next
  impl_->reports.join();
}

}  // namespace geomatch::publish
