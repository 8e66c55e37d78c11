#include "kafka/watch.hpp"

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

#include <spdlog/spdlog.h>

#include "kafka/handles.hpp"
#include "kafka/producer.hpp"
#include "kafka/repeated_lines.hpp"
#include "kafka/topic_limit.hpp"

namespace geomatch::publish {
namespace {

using namespace std::chrono_literals;

constexpr auto between_questions = 500ms;
constexpr auto between_limits = 60s;
constexpr auto answer_timeout = 1'000ms;

}  // namespace

KafkaWatch::KafkaWatch(const KafkaProducer& producer, std::string brokers, std::size_t limit,
                       std::optional<std::string> reason)
    : producer_(producer),
      brokers_(std::move(brokers)),
      limit_(limit),
      reason_(reason ? *std::move(reason) : "Kafka at " + brokers_ + " hasn't answered yet"),
      thread_([this] { run(); }) {}

KafkaWatch::~KafkaWatch() {
  stop();
  thread_.join();
}

void KafkaWatch::suspect() {
  const std::lock_guard lock{mutex_};
  suspected_ = true;
  changed_.notify_one();
}

std::string KafkaWatch::reason() const {
  const std::lock_guard lock{mutex_};
  return reason_;
}

void KafkaWatch::stop() {
  const std::lock_guard lock{mutex_};
  stopping_ = true;
  changed_.notify_one();
}

std::uint64_t KafkaWatch::suspect_limit() {
  const std::lock_guard lock{mutex_};
  limit_suspected_ = true;
  changed_.notify_one();
  return readings_begun_ + 1;
}

bool KafkaWatch::limit_read(std::uint64_t ticket) const {
  const std::lock_guard lock{mutex_};
  return readings_ended_ >= ticket;
}

void KafkaWatch::run() {
  std::unique_lock lock{mutex_};
  while (true) {
    changed_.wait_until(lock, read_limit_at_, [this] { return stopping_ || suspected_ || limit_suspected_; });
    if (stopping_) return;
    limit_suspected_ = limit_suspected_ || std::chrono::steady_clock::now() >= read_limit_at_;
    if (suspected_) {
      suspected_ = false;
      lock.unlock();
      const std::string now = look();
      lock.lock();
      // Not well before the limit is known: the first record may be too large.
      if (now.empty() && readings_begun_ == 0) read_limit(lock);
      if (stopping_) return;
      tell_change(now);
      reason_ = now;
      cut_off_.store(!now.empty(), std::memory_order_relaxed);
      suspected_ = suspected_ || !now.empty();
    }
    if (limit_suspected_) read_limit(lock);
    changed_.wait_for(lock, between_questions, [this] { return stopping_; });
  }
}

void KafkaWatch::read_limit(std::unique_lock<std::mutex>& lock) {
  limit_suspected_ = false;
  const auto number = ++readings_begun_;
  read_limit_at_ = std::chrono::steady_clock::now() + between_limits;
  lock.unlock();
  const auto limit = read_topic_limit(producer_.client(), producer_.topic(), answer_timeout);
  lock.lock();
  readings_ended_ = number;
  if (!limit || *limit == this->limit()) return;
  spdlog::info("kafka: topic '{}' takes batches of {} bytes", rd_kafka_topic_name(&producer_.topic()),
               *limit);
  limit_.store(*limit, std::memory_order_relaxed);
}

std::string KafkaWatch::look() const {
  const std::uint64_t before = deliveries_.load(std::memory_order_relaxed);
  std::string now = ask();
  if (deliveries_.load(std::memory_order_relaxed) != before) now.clear();
  return now;
}

std::string KafkaWatch::ask() const {
  const rd_kafka_metadata_t* answer = nullptr;
  const auto error =
      rd_kafka_metadata(&producer_.client(), 0, &producer_.topic(), &answer, answer_timeout.count());
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    const std::string failure = producer_.log().connection_failure();
    return "Kafka at " + brokers_ +
           " doesn't answer: " + (failure.empty() ? rd_kafka_err2str(error) : failure);
  }
  const KafkaHandle<const rd_kafka_metadata_t> metadata{answer};
  return judge(*metadata);
}

std::string KafkaWatch::judge(const rd_kafka_metadata_t& metadata) const {
  const std::string topic = "Kafka topic '" + std::string{rd_kafka_topic_name(&producer_.topic())} + "'";
  if (metadata.topic_cnt != 1) return topic + " is unknown";
  const rd_kafka_metadata_topic_t& found = metadata.topics[0];
  if (found.err != RD_KAFKA_RESP_ERR_NO_ERROR) return topic + ": " + rd_kafka_err2str(found.err);
  const std::span partitions{found.partitions, static_cast<std::size_t>(found.partition_cnt)};
  // Some without a leader is some records that fail, and no reason to send everybody away.
  const bool led =
      std::ranges::any_of(partitions, [](const auto& partition) { return partition.leader >= 0; });
  return led ? std::string{} : topic + " has no leader for any partition";
}

void KafkaWatch::tell_change(const std::string& now) const {
  if (now.empty() && !reason_.empty()) spdlog::info("kafka: {} answers", brokers_);
  if (!now.empty() && now != reason_) log_once_a_minute(spdlog::level::warn, "kafka: " + now, now);
}

}  // namespace geomatch::publish
