#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include <spdlog/spdlog.h>

#include <geomatch/publish/kafka_merge.hpp>
#include <geomatch/publish/kafka_reader.hpp>

#include "kafka/config.hpp"
#include "kafka/repeated_lines.hpp"
#include "kafka/seal.hpp"
#include "kafka/tail.hpp"

namespace geomatch::publish {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::seconds between_widenings{10};
constexpr std::chrono::seconds pause_after_failure{1};

Record record_of(const rd_kafka_message_t& message) {
  Record record;
  if (message.key != nullptr) record.key.assign(static_cast<const char*>(message.key), message.key_len);
  if (message.payload != nullptr)
    record.value.emplace(static_cast<const char*>(message.payload), message.len);
  record.received_at = model::TimePoint{model::Milliseconds{rd_kafka_message_timestamp(&message, nullptr)}};
  return record;
}

bool is_sentinel(const rd_kafka_message_t& message) noexcept {
  return message.key_len == 0 && message.payload == nullptr;
}

// Gives all there is to a sink.
class Replay final : public KafkaTail::Listener {
 public:
  explicit Replay(const LogReader::Sink& sink) : sink_(sink) {}

  void on_record(const rd_kafka_message_t& message) override {
    if (!is_sentinel(message)) sink_(record_of(message));
  }
  void on_restart(std::int32_t /*partition*/, std::int64_t /*offset*/) override {}

 private:
  const LogReader::Sink& sink_;
};

// Gives to a sink what own reports haven't brought.
class Following final : public KafkaTail::Listener {
 public:
  Following(KafkaMerge& merge, LogReader::Sink sink) : merge_(merge), sink_(std::move(sink)) {}

  void on_record(const rd_kafka_message_t& message) override {
    if (merge_.pass_over(message.partition, message.offset)) return;
    merge_.read(record_of(message), message.partition, message.offset, sink_);
  }
  void on_restart(std::int32_t partition, std::int64_t offset) override { merge_.begin(partition, offset); }

 private:
  KafkaMerge& merge_;
  LogReader::Sink sink_;
};

}  // namespace

class KafkaReader::Impl {
 public:
  Impl(const KafkaSettings& settings, std::shared_ptr<KafkaMerge> merge)
      : settings_(settings), merge_(std::move(merge)) {
    check_kafka_consumer(settings_);  // rather now than in `replay`
  }
  ~Impl() { stop(); }

  bool replay(model::TimePoint since, const Sink& sink) {
    tail_.emplace(settings_, stopping_, progress_);
    if (!tail_->open(since)) return false;
    KafkaSeal seal{settings_};
    seal.begin(tail_->partition_count());
    Replay listener{sink};
    while (!stopping_ && !(seal.done() && tail_->caught_up())) {
      seal.poll([this](std::int32_t partition, std::int64_t offset) { tail_->read_to(partition, offset); });
      tail_->poll(listener);
      if (tail_->caught_up() && !seal.done()) progress_.wait_for(seal.waits_for());
    }
    progress_.go_on();
    return !stopping_;
  }

  void follow(Sink sink) {
    for (std::size_t i = 0; i < tail_->partition_count(); ++i) {
      merge_->begin(static_cast<std::int32_t>(i), tail_->next(i));
    }
    const std::lock_guard lock{mutex_};
    if (stopping_) return;
    follows_.store(true, std::memory_order_relaxed);
    thread_ = std::thread{[this, sink = std::move(sink)]() mutable { run(std::move(sink)); }};
  }

  [[nodiscard]] std::optional<FollowLag> lag() const {
    if (!follows_.load(std::memory_order_relaxed)) return std::nullopt;
    const auto unread = unread_.load(std::memory_order_relaxed);
    const auto now = SteadyClock::now().time_since_epoch();
    const auto since = SteadyClock::duration{level_at_.load(std::memory_order_relaxed)};
    return FollowLag{.records = unread,
                     .time = unread == 0
                                 ? std::chrono::milliseconds{0}
                                 : std::chrono::duration_cast<std::chrono::milliseconds>(now - since)};
  }

  [[nodiscard]] std::string progress() const { return progress_.text(); }

  void stop() noexcept {
    stopping_ = true;
    const std::lock_guard lock{mutex_};
    if (thread_.joinable()) thread_.join();
  }

 private:
  void run(Sink sink) {
    Following listener{*merge_, std::move(sink)};
    note_lag();
    auto widen_at = SteadyClock::now() + between_widenings;
    while (!stopping_) {
      try {
        tail_->poll(listener);
        merge_->note_reading(tail_->denied());
        note_lag();
        if (SteadyClock::now() < widen_at) continue;
        tail_->widen(listener);
        widen_at = SteadyClock::now() + between_widenings;
      } catch (const std::exception& failure) {
        log_once_a_minute(spdlog::level::err, failure.what(), failure.what());
        std::this_thread::sleep_for(pause_after_failure);
      }
    }
  }

  void note_lag() {
    const auto unread = tail_->unread();
    unread_.store(unread, std::memory_order_relaxed);
    if (unread == 0)
      level_at_.store(SteadyClock::now().time_since_epoch().count(), std::memory_order_relaxed);
  }

  const KafkaSettings settings_;
  const std::shared_ptr<KafkaMerge> merge_;
  std::atomic<bool> stopping_{false};
  ReplayProgress progress_;
  std::optional<KafkaTail> tail_;  // one thread's: that which replays, then that which follows
  std::mutex mutex_;               // of the thread's start and end
  std::thread thread_;

  // Relaxed: figures on their own.
  std::atomic<bool> follows_{false};
  std::atomic<std::int64_t> unread_{0};
  std::atomic<SteadyClock::rep> level_at_{
      SteadyClock::now().time_since_epoch().count()};  // nothing was unread
};

KafkaReader::KafkaReader(const KafkaSettings& settings, std::shared_ptr<KafkaMerge> merge)
    : impl_(std::make_unique<Impl>(settings, std::move(merge))) {}

KafkaReader::~KafkaReader() = default;

bool KafkaReader::replay(model::TimePoint since, const Sink& sink) {
  return impl_->replay(since, sink);
}

void KafkaReader::follow(Sink sink) {
  impl_->follow(std::move(sink));
}

std::optional<FollowLag> KafkaReader::lag() const {
  return impl_->lag();
}

std::string KafkaReader::progress() const {
  return impl_->progress();
}

void KafkaReader::stop() noexcept {
  impl_->stop();
}

}  // namespace geomatch::publish
