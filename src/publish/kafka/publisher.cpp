#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <limits>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <utility>

#include <spdlog/spdlog.h>

#include <geomatch/publish/kafka_merge.hpp>
#include <geomatch/publish/kafka_publisher.hpp>
#include <geomatch/publish/publication.hpp>
#include <geomatch/publish/settlement.hpp>

#include "backoff.hpp"
#include "kafka/breaker.hpp"
#include "kafka/doubts.hpp"
#include "kafka/errors.hpp"
#include "kafka/producer.hpp"
#include "kafka/refused_batches.hpp"
#include "kafka/repeated_lines.hpp"
#include "kafka/topic_limit.hpp"
#include "kafka/watch.hpp"

namespace geomatch::publish {

using std::chrono::milliseconds;

// One thread takes the reports, and does all that follows from them.
class KafkaPublisher::Impl {
 public:
  Impl(const KafkaSettings& settings, ResendWindow& resends, std::shared_ptr<KafkaMerge> merge)
      : settings_(settings),
        merge_(std::move(merge)),
        breaker_(settings.delivery_timeout),
        settlement_(resends),
        doubts_(resends, *merge_, settings.queue_capacity, settings.quarantine),
        generation_(std::make_shared<Generation>(settings)),
        max_message_bytes_(generation_->producer.max_message_bytes()),
        reports_([this] { run(); }) {}

  bool publish(Publication& publication) noexcept;
  [[nodiscard]] bool fits(const Record& record) const noexcept;
  [[nodiscard]] std::string unavailable_reason() const;
  [[nodiscard]] std::size_t pending() const noexcept;
  void stop(milliseconds deadline) noexcept;

 private:
  using Clock = std::chrono::steady_clock;

  // A producer and what watches over it, from its making to its fatal error.
  struct Generation {
    explicit Generation(const KafkaSettings& settings)
        : producer(settings), watch(producer, settings.brokers) {}
    Generation(const KafkaSettings& settings, std::size_t max_batch_bytes, std::size_t limit,
               std::optional<std::string> reason)
        : producer(settings, max_batch_bytes), watch(producer, settings.brokers, limit, std::move(reason)) {}

    KafkaProducer producer;
    KafkaWatch watch;
  };

  void run() noexcept;
  void serve(int wait_ms) noexcept;
  void take(rd_kafka_event_t& event) noexcept;
  void settle(rd_kafka_event_t& event) noexcept;
  bool settle(const rd_kafka_message_t& message, Clock::time_point now) noexcept;
  void purge_until_settled() noexcept;
  void note_limit() noexcept;
  void settle_refused() noexcept;
  [[nodiscard]] bool idle() const noexcept { return producing_ == 0 && pending_ == 0; }
  void resize_batches() noexcept;
  void replace_producer() noexcept;
  bool make_producer(std::optional<std::string> reason) noexcept;
  void admit_again() noexcept;
  [[nodiscard]] std::shared_ptr<Generation> generation() const;

  const KafkaSettings settings_;
  const std::shared_ptr<KafkaMerge> merge_;
  KafkaBreaker breaker_;
  // The reports' thread's alone.
  Settlement settlement_;
  KafkaDoubts doubts_;
  Backoff between_producers_{milliseconds{100}, milliseconds{5'000}};
  KafkaRefusedBatches refused_;
  Clock::time_point resize_at_{};  // not before
  char probe_ = 0;                 // its address tells a probe's report

  // `publish` counts itself in before it looks at `admitting_`, and whoever takes that away waits for the
  // counts after it: so it either turns back or was waited for. All sequentially consistent for that.
  std::atomic<bool> admitting_{true};
  std::atomic<std::size_t> producing_{0};  // threads that may be using the producer
  std::atomic<std::size_t> pending_{0};    // records whose outcome is open

  // A batch that is larger the topic certainly refuses, even with one record in it. Relaxed: a figure on its
  // own.
  std::atomic<std::size_t> limit_{std::numeric_limits<std::size_t>::max()};

  mutable std::mutex mutex_;  // of the three below, as pointer, text and time
  std::shared_ptr<Generation> generation_;
  std::string failure_;  // why there is no producer
  Clock::time_point stop_by_{};
  std::atomic<bool> stopping_{false};

  const std::size_t max_message_bytes_;  // librdkafka's own limit, of key and value
  std::thread reports_;
};

bool KafkaPublisher::Impl::publish(Publication& publication) noexcept {
  if (breaker_.open() || merge_->held_up()) return false;
  producing_.fetch_add(1);
  bool accepted = false;
  // While this thread is counted the pointer stays as it is.
  if (admitting_.load() && !generation_->watch.cut_off()) {
    pending_.fetch_add(1);
    accepted = generation_->producer.produce(publication);
    if (!accepted) pending_.fetch_sub(1);
  }
  producing_.fetch_sub(1);
  return accepted;
}

bool KafkaPublisher::Impl::fits(const Record& record) const noexcept {
  if (record.key.size() + (record.value ? record.value->size() : 0) > max_message_bytes_) return false;
  if (batch_bytes(record) <= limit_.load(std::memory_order_relaxed)) return true;
  generation()->watch.suspect_limit();  // it may have been raised
  return false;
}

void KafkaPublisher::Impl::note_limit() noexcept {
  const std::size_t limit = generation_->watch.limit();
  const bool known = limit != 0 && !generation_->producer.compresses();
  limit_.store(known ? limit : std::numeric_limits<std::size_t>::max(), std::memory_order_relaxed);
}

void KafkaPublisher::Impl::run() noexcept {
  constexpr int soon_ms = 20;
  constexpr int watch_ms = 100;  // how often the breaker looks whether there is no delivery
  while (!stopping_) {
    serve(doubts_.idle() && refused_.empty() ? watch_ms : soon_ms);
    breaker_.look(Clock::now(), pending_);
    note_limit();
    if (breaker_.probe_due(Clock::now())) (void)generation_->producer.produce_sentinel(0, &probe_);
    if (!doubts_.idle()) doubts_.serve(generation_->producer, Clock::now());
    if (refused_.decidable(generation_->watch)) settle_refused();
    if (Clock::now() >= resize_at_) resize_batches();
    if (!generation_->producer.fatal_error().empty()) replace_producer();
  }
  Clock::time_point stop_by;
  {
    const std::lock_guard lock{mutex_};
    stop_by = stop_by_;
  }
  while (pending_ != 0 && Clock::now() < stop_by) {
    settle_refused();  // by the limit that is known: the watch reads it no more
    serve(soon_ms);
  }
  purge_until_settled();
}

void KafkaPublisher::Impl::serve(int wait_ms) noexcept {
  const KafkaHandle<rd_kafka_event_t> event{rd_kafka_queue_poll(&generation_->producer.events(), wait_ms)};
  if (event) take(*event);
}

void KafkaPublisher::Impl::take(rd_kafka_event_t& event) noexcept {
  switch (rd_kafka_event_type(&event)) {
    case RD_KAFKA_EVENT_DR:
      return settle(event);
    case RD_KAFKA_EVENT_ERROR:  // librdkafka has logged it
      spdlog::debug("kafka: {}", rd_kafka_event_error_string(&event));
      return generation_->watch.suspect();
    default:
      break;
  }
}

void KafkaPublisher::Impl::settle(rd_kafka_event_t& event) noexcept {
  std::array<const rd_kafka_message_t*, 256> messages{};
  const auto now = Clock::now();
  std::size_t settled = 0;
  std::size_t delivered = 0;
  while (const auto count = rd_kafka_event_message_array(&event, messages.data(), messages.size())) {
    for (const rd_kafka_message_t* message : std::span{messages}.first(count)) {
      const bool of_ours = message->_private == nullptr || message->_private == &probe_;
      const std::size_t held = refused_.size();
      delivered += settle(*message, now) ? 1 : 0;
      settled += of_ours || refused_.size() != held ? 0 : 1;
    }
  }
  pending_.fetch_sub(settled);  // first: whoever learns of an outcome doesn't find it pending
  settlement_.flush();
  if (delivered != 0) generation_->watch.note_delivery();
}

// True if the log has it.
bool KafkaPublisher::Impl::settle(const rd_kafka_message_t& message, Clock::time_point now) noexcept {
  const Outcome outcome = generation_->producer.outcome_of(message);
  const bool delivered = outcome == Outcome::published;
  if (delivered) {
    breaker_.note_delivery(now);
  } else {
    generation_->watch.suspect();
  }
  if (is_denied(message.err)) {
    breaker_.note_refusal(now, "cannot write to the Kafka topic '" + settings_.topic +
                                   "': " + rd_kafka_err2str(message.err) + "; check what this user may do");
  }
  if (message._private == &probe_) return delivered;
  if (message._private == nullptr) {
    doubts_.note_sentinel(message.partition, delivered ? message.offset : -1, now);
    return delivered;
  }
  auto& publication = *static_cast<Publication*>(message._private);
  if (outcome == Outcome::not_published && message.err == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE) {
    refused_.add(publication, generation_->watch);
    return false;
  }
  // Without an offset: the broker had it already, from an earlier sending. It takes effect now, and once more
  // when the reader comes to it.
  if (delivered && message.offset >= 0) {
    merge_->settle(settlement_, publication, message.partition, message.offset);
  } else {
    settlement_.settle(publication, outcome);
    if (outcome == Outcome::unknown) doubts_.add(publication, message.partition, now);
  }
  return delivered;
}

void KafkaPublisher::Impl::settle_refused() noexcept {
  const std::size_t count = refused_.size();
  refused_.settle(settlement_, generation_->producer, generation_->watch);
  pending_.fetch_sub(count);
  settlement_.flush();
}

// A producer's batches are as large as they were when it was made: so another takes its place, between two
// records.
void KafkaPublisher::Impl::resize_batches() noexcept {
  constexpr milliseconds patience{1'000};
  if (refused_.wanted_batch_bytes(generation_->watch) == generation_->producer.asked_batch_bytes()) return;
  admitting_ = false;
  const auto give_up = Clock::now() + patience;
  while (!stopping_ && !idle() && Clock::now() < give_up) {
    serve(10);
    if (refused_.decidable(generation_->watch)) settle_refused();
  }
  if (!stopping_ && idle() && make_producer(generation_->watch.reason())) return;
  resize_at_ = Clock::now() + patience;
  admit_again();
}

// A thread that saw `admitting_` just before it fell may still be handing its record over: purging is
// repeated until nothing is pending. Each record is reported by its purge, if not before.
void KafkaPublisher::Impl::purge_until_settled() noexcept {
  while (!idle()) {
    settle_refused();
    generation_->producer.purge();
    serve(10);
  }
}

void KafkaPublisher::Impl::replace_producer() noexcept {
  const std::string why = "the Kafka producer failed: " + generation_->producer.fatal_error();
  breaker_.note_refusal(Clock::now(), why);
  {
    const std::lock_guard lock{mutex_};
    failure_ = why;
  }
  admitting_ = false;
  purge_until_settled();
  const auto again_at = Clock::now() + between_producers_.next();
  while (!stopping_ && Clock::now() < again_at) std::this_thread::sleep_for(milliseconds{10});
  while (!stopping_ && !make_producer(std::nullopt)) {
    const auto next_at = Clock::now() + between_producers_.next();
    while (!stopping_ && Clock::now() < next_at) std::this_thread::sleep_for(milliseconds{10});
  }
}

// With the reason that is known why Kafka can't be written to, if it is.
bool KafkaPublisher::Impl::make_producer(std::optional<std::string> reason) noexcept {
  std::shared_ptr<Generation> other;  // the replaced one, in the end: librdkafka may take a second to end it
  try {
    const KafkaWatch& watch = generation_->watch;
    other = std::make_shared<Generation>(settings_, refused_.wanted_batch_bytes(watch), watch.limit(),
                                         std::move(reason));
  } catch (const std::exception& failure) {
    log_once_a_minute(spdlog::level::err, failure.what(), failure.what());
    return false;
  }
  doubts_.note_new_producer();
  {
    const std::lock_guard lock{mutex_};
    generation_.swap(other);
    failure_.clear();
  }
  admit_again();
  return true;
}

void KafkaPublisher::Impl::admit_again() noexcept {
  admitting_ = true;
  if (stopping_) admitting_ = false;  // it was said in between
}

std::shared_ptr<KafkaPublisher::Impl::Generation> KafkaPublisher::Impl::generation() const {
  const std::lock_guard lock{mutex_};
  return generation_;
}

std::string KafkaPublisher::Impl::unavailable_reason() const {
  {
    const std::lock_guard lock{mutex_};
    if (!failure_.empty()) return failure_;
  }
  if (std::string reason = breaker_.reason(); !reason.empty()) return reason;
  if (std::string reason = merge_->held_up_by(); !reason.empty()) return reason;
  const auto current = generation();
  if (std::string reason = current->watch.reason(); !reason.empty()) return reason;
  const std::size_t limit = current->watch.limit();
  const bool applied =
      limit == 0 || std::min(limit, KafkaProducer::any_batch) == current->producer.asked_batch_bytes();
  return applied ? std::string{} : "the Kafka topic's max.message.bytes has changed";
}

// Relaxed: a figure, nothing is read by way of it.
std::size_t KafkaPublisher::Impl::pending() const noexcept {
  return pending_.load(std::memory_order_relaxed);
}

// The client stays until the destructor: a thread whose record is settled may still be on its way out of
// produce.
void KafkaPublisher::Impl::stop(milliseconds deadline) noexcept {
  if (!reports_.joinable()) return;
  {
    const std::lock_guard lock{mutex_};
    stop_by_ = Clock::now() + deadline;
  }
  stopping_ = true;
  admitting_ = false;
  generation()->watch.stop();
  rd_kafka_queue_yield(&generation()->producer.events());  // ends the poll that runs, or the next
  reports_.join();
}

KafkaPublisher::KafkaPublisher(const KafkaSettings& settings, ResendWindow& resends,
                               std::shared_ptr<KafkaMerge> merge)
    : impl_(std::make_unique<Impl>(settings, resends, std::move(merge))) {}

KafkaPublisher::~KafkaPublisher() {
  stop(milliseconds{0});
}

bool KafkaPublisher::publish(Publication& publication) noexcept {
  return impl_->publish(publication);
}

bool KafkaPublisher::fits(const Record& record) const noexcept {
  return impl_->fits(record);
}

std::string KafkaPublisher::unavailable_reason() const {
  return impl_->unavailable_reason();
}

std::size_t KafkaPublisher::pending() const noexcept {
  return impl_->pending();
}

void KafkaPublisher::stop(milliseconds deadline) noexcept {
  impl_->stop(deadline);
}

}  // namespace geomatch::publish
