#include "kafka/watch.hpp"

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

#include <spdlog/spdlog.h>

#include "kafka/handles.hpp"

namespace geomatch::publish {
namespace {

using namespace std::chrono_literals;

constexpr auto between_questions = 500ms;
constexpr auto answer_timeout = 1'000ms;

}  // namespace

KafkaWatch::KafkaWatch(rd_kafka_t& client, rd_kafka_topic_t& topic, std::string brokers)
    : client_(client),
      topic_(topic),
      brokers_(std::move(brokers)),
      reason_("Kafka at " + brokers_ + " hasn't answered yet"),
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

void KafkaWatch::run() {
  std::unique_lock lock{mutex_};
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || suspected_; });
    if (stopping_) return;
    suspected_ = false;
    lock.unlock();
    const std::string now = look();
    lock.lock();
    if (stopping_) return;
    tell_change(now);
    reason_ = now;
    cut_off_.store(!now.empty(), std::memory_order_relaxed);
    suspected_ = suspected_ || !now.empty();
    changed_.wait_for(lock, between_questions, [this] { return stopping_; });
  }
}

std::string KafkaWatch::look() const {
  const std::uint64_t before = deliveries_.load(std::memory_order_relaxed);
  std::string now = ask();
  if (deliveries_.load(std::memory_order_relaxed) != before) now.clear();
  return now;
}

std::string KafkaWatch::ask() const {
  const rd_kafka_metadata_t* answer = nullptr;
  const auto error = rd_kafka_metadata(&client_, 0, &topic_, &answer, answer_timeout.count());
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return "Kafka at " + brokers_ + " doesn't answer: " + rd_kafka_err2str(error);
  }
  const KafkaHandle<const rd_kafka_metadata_t> metadata{answer};
  return judge(*metadata);
}

std::string KafkaWatch::judge(const rd_kafka_metadata_t& metadata) const {
  const std::string topic = "Kafka topic '" + std::string{rd_kafka_topic_name(&topic_)} + "'";
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
  if (!now.empty() && now != reason_) spdlog::warn("kafka: {}", now);
}

}  // namespace geomatch::publish
