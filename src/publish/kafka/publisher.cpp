#include <array>
#include <atomic>
#include <exception>
#include <mutex>
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
#include "kafka/producer.hpp"
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
        reports_([this] { run(); }) {}

  bool publish(Publication& publication) noexcept;
  [[nodiscard]] std::string unavailable_reason() const;
  [[nodiscard]] std::size_t pending() const noexcept;
  void stop(milliseconds deadline) noexcept;

 private:
  using Clock = std::chrono::steady_clock;

  // A producer and what watches over it, from its making to its fatal error.
  struct Generation {
    explicit Generation(const KafkaSettings& settings)
        : producer(settings), watch(producer.client(), producer.topic(), settings.brokers) {}

    KafkaProducer producer;
    KafkaWatch watch;
  };

  void run() noexcept;
  void serve(int wait_ms) noexcept;
  void take(rd_kafka_event_t& event) noexcept;
  void settle(rd_kafka_event_t& event) noexcept;
  bool settle(const rd_kafka_message_t& message, Clock::time_point now) noexcept;
  void purge_until_settled() noexcept;
  void replace_producer() noexcept;
  bool make_producer() noexcept;
  [[nodiscard]] std::shared_ptr<Generation> generation() const;

  const KafkaSettings settings_;
  const std::shared_ptr<KafkaMerge> merge_;
  KafkaBreaker breaker_;

  // The reports' thread's alone.
  Settlement settlement_;
  KafkaDoubts doubts_;
  Backoff between_producers_{milliseconds{100}, milliseconds{5'000}};

  // `publish` counts itself in before it looks at `admitting_`, and whoever takes that away waits for the
  // counts after it: so it either turns back or was waited for. All sequentially consistent for that.
  std::atomic<bool> admitting_{true};
  std::atomic<std::size_t> producing_{0};  // threads that may be using the producer
  std::atomic<std::size_t> pending_{0};    // records whose outcome is open

  mutable std::mutex mutex_;  // of the three below, as pointer, text and time
  std::shared_ptr<Generation> generation_;
  std::string failure_;  // why there is no producer
  Clock::time_point stop_by_{};
  std::atomic<bool> stopping_{false};

  std::thread reports_;
};

bool KafkaPublisher::Impl::publish(Publication& publication) noexcept {
  if (breaker_.open()) return false;
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

void KafkaPublisher::Impl::run() noexcept {
  constexpr int soon_ms = 20;
  constexpr int watch_ms = 100;  // how often the breaker looks whether there is no delivery
  while (!stopping_) {
    serve(doubts_.idle() ? watch_ms : soon_ms);
    breaker_.look(Clock::now(), pending_);
    if (!doubts_.idle()) doubts_.serve(generation_->producer, Clock::now());
    if (!generation_->producer.fatal_error().empty()) replace_producer();
  }
  Clock::time_point stop_by;
  {
    const std::lock_guard lock{mutex_};
    stop_by = stop_by_;
  }
  while (pending_ != 0 && Clock::now() < stop_by) serve(soon_ms);
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
      const bool sentinel = message->_private == nullptr;
      delivered += settle(*message, now) ? 1 : 0;
      settled += sentinel ? 0 : 1;
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
  if (message._private == nullptr) {
    doubts_.note_sentinel(message.partition, delivered ? message.offset : -1, now);
    return delivered;
  }
  auto& publication = *static_cast<Publication*>(message._private);
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

// A thread that saw `admitting_` just before it fell may still be handing its record over: purging is
// repeated until nothing is pending. Each record is reported by its purge, if not before.
void KafkaPublisher::Impl::purge_until_settled() noexcept {
  while (producing_ != 0 || pending_ != 0) {
    generation_->producer.purge();
    serve(10);
  }
}

void KafkaPublisher::Impl::replace_producer() noexcept {
  const std::string why = generation_->producer.fatal_error();
  spdlog::error("kafka: the producer failed for good ({}): another takes its place", why);
  {
    const std::lock_guard lock{mutex_};
    failure_ = "the Kafka producer failed: " + why;
  }
  admitting_ = false;
  purge_until_settled();
  doubts_.note_new_producer();
  const auto again_at = Clock::now() + between_producers_.next();
  while (!stopping_ && Clock::now() < again_at) std::this_thread::sleep_for(milliseconds{10});
  while (!stopping_ && !make_producer()) std::this_thread::sleep_for(milliseconds{100});
}

bool KafkaPublisher::Impl::make_producer() noexcept {
  std::shared_ptr<Generation> other;  // the replaced one, in the end: librdkafka may take a second to end it
  try {
    other = std::make_shared<Generation>(settings_);
  } catch (const std::exception& failure) {
    spdlog::error("kafka: {}", failure.what());
    return false;
  }
  const std::lock_guard lock{mutex_};
  generation_.swap(other);
  admitting_ = true;  // before the failure is forgotten: who is told that all is well isn't turned away
  if (stopping_) admitting_ = false;  // it was said in between
  failure_.clear();
  return true;
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
  std::string reason = breaker_.reason();
  return reason.empty() ? generation()->watch.reason() : reason;
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
