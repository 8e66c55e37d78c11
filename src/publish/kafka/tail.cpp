#include "kafka/tail.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <span>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "kafka/config.hpp"
#include "kafka/errors.hpp"
#include "kafka/topic_creation.hpp"

namespace geomatch::publish {
namespace {

using namespace std::chrono_literals;

constexpr int question_ms = 1'000;  // so that a stop isn't waited for longer
constexpr int poll_ms = 100;
constexpr auto between_seeks = 1s;

std::span<const rd_kafka_metadata_partition_t> partitions_of(const rd_kafka_metadata_topic_t& topic) {
  return {topic.partitions, static_cast<std::size_t>(topic.partition_cnt)};
}

std::span<rd_kafka_topic_partition_t> elements(rd_kafka_topic_partition_list_t& list) {
  return {list.elems, static_cast<std::size_t>(list.cnt)};
}

KafkaHandle<rd_kafka_topic_partition_list_t> make_list(std::size_t size) {
  return KafkaHandle<rd_kafka_topic_partition_list_t>{
      rd_kafka_topic_partition_list_new(static_cast<int>(size))};
}

}  // namespace

KafkaTail::KafkaTail(const KafkaSettings& settings, const std::atomic<bool>& stopping,
                     ReplayProgress& progress)
    : settings_(settings),
      stopping_(stopping),
      progress_(progress),
      log_(settings),
      client_(make_kafka_consumer(settings, log_)),
      topic_(make_kafka_topic(*client_, settings.topic)) {
  rd_kafka_poll_set_consumer(client_.get());
  queue_.reset(rd_kafka_queue_get_consumer(client_.get()));
}

bool KafkaTail::open(model::TimePoint since) {
  if (!find_partitions() || !find_bounds(since)) return false;
  assign();
  progress_.go_on();
  return true;
}

bool KafkaTail::find_partitions() {
  const rd_kafka_metadata_t* answer = nullptr;
  const Question question = [&](int timeout_ms) {
    const auto error = rd_kafka_metadata(client_.get(), 0, topic_.get(), &answer, timeout_ms);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return error;
    const KafkaHandle<const rd_kafka_metadata_t> metadata{answer};
    if (metadata->topic_cnt != 1) fail("the answer isn't about it");
    const rd_kafka_metadata_topic_t& topic = metadata->topics[0];
    if (topic.err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) {
      const auto created = create_kafka_topic(*client_, settings_.topic, settings_.answer_timeout);
      attempt_ = is_denied(created) ? "create" : "read";
      return created;
    }
    attempt_ = "read";
    if (topic.err != RD_KAFKA_RESP_ERR_NO_ERROR) return topic.err;
    const bool led =
        std::ranges::all_of(partitions_of(topic), [](const auto& one) { return one.leader >= 0; });
    if (led) partitions_.resize(static_cast<std::size_t>(topic.partition_cnt));
    return led ? RD_KAFKA_RESP_ERR_NO_ERROR : RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE;
  };
  return insist(question);
}

// Brokers may be gone, a partition's leader may change or be new: librdkafka leaves it to us to ask again.
bool KafkaTail::insist(const Question& question) {
  while (!stopping_) {
    const auto error = question(question_ms);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return true;
    if (is_final(error)) fail(rd_kafka_err2str(error));
    progress_.wait_for(fmt::format("cannot {} the Kafka topic '{}' at {} yet: {}", attempt_, settings_.topic,
                                   settings_.brokers, explain(error)));
    pause();
  }
  return false;
}

std::string KafkaTail::explain(rd_kafka_resp_err_t error) const {
  if (is_denied(error)) return std::string{rd_kafka_err2str(error)} + "; check what this user may do";
  const std::string failure = log_.connection_failure();
  return (failure.empty() ? rd_kafka_err2str(error) : failure) + "; check --publish and that the brokers run";
}

void KafkaTail::pause() const {
  std::this_thread::sleep_for(50ms);  // the brokers are at work, or librdkafka is connecting to them
}

bool KafkaTail::find_bounds(model::TimePoint since) {
  for (std::size_t i = 0; i < partitions_.size(); ++i) {
    const auto found = insist([&, this](int timeout_ms) {
      return rd_kafka_query_watermark_offsets(client_.get(), settings_.topic.c_str(),
                                              static_cast<std::int32_t>(i), &partitions_[i].next,
                                              &partitions_[i].end, timeout_ms);
    });
    if (!found) return false;
  }
  return since.time_since_epoch() <= 0ms ||
         insist([&, this](int timeout_ms) { return find_begins(since, timeout_ms); });
}

// Raises `next` to the first record with a timestamp of `since` or later; to the end where there is none.
rd_kafka_resp_err_t KafkaTail::find_begins(model::TimePoint since, int timeout_ms) {
  const auto list = make_list(partitions_.size());
  for (std::size_t i = 0; i < partitions_.size(); ++i) {
    rd_kafka_topic_partition_list_add(list.get(), settings_.topic.c_str(), static_cast<std::int32_t>(i))
        ->offset = since.time_since_epoch().count();
  }
  const auto error = rd_kafka_offsets_for_times(client_.get(), list.get(), timeout_ms);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return error;
  std::size_t without_start = 0;
  for (const auto& found : elements(*list)) {
    if (found.err != RD_KAFKA_RESP_ERR_NO_ERROR) return found.err;
    Partition& partition = partitions_[static_cast<std::size_t>(found.partition)];
    // Its first record is recent enough, and there have been others before it.
    if (found.offset >= 0 && found.offset <= partition.next && partition.next > 0) ++without_start;
    partition.next = found.offset < 0 ? partition.end : std::max(partition.next, found.offset);
  }
  if (without_start != 0) {
    spdlog::warn(
        "kafka: topic '{}' has lost the start of what is to be recovered, in {} of {} partitions: entities "
        "whose last record is gone are missing until they report again; raise the topic's retention",
        settings_.topic, without_start, partitions_.size());
  }
  return RD_KAFKA_RESP_ERR_NO_ERROR;
}

void KafkaTail::assign() {
  const auto list = make_list(partitions_.size());
  behind_ = 0;
  for (std::size_t i = 0; i < partitions_.size(); ++i) {
    rd_kafka_topic_partition_list_add(list.get(), settings_.topic.c_str(), static_cast<std::int32_t>(i))
        ->offset = partitions_[i].next;
    if (partitions_[i].next < partitions_[i].end) {
      ++behind_;
      progress_.expect(partitions_[i].end - partitions_[i].next);
    }
  }
  const auto error = rd_kafka_assign(client_.get(), list.get());
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) fail(rd_kafka_err2str(error));
}

void KafkaTail::read_to(std::int32_t number, std::int64_t offset) {
  Partition& partition = partitions_[static_cast<std::size_t>(number)];
  const bool was_behind = partition.next < partition.end;
  partition.end = std::max(partition.end, offset + 1);
  if (!was_behind && partition.next < partition.end) ++behind_;
}

// A batch is waited for until it is full: so one message first, and then what has come with it.
void KafkaTail::poll(Listener& listener) {
  if (!denied_.empty() && Clock::now() >= seek_at_) seek_anew();
  const KafkaHandle<rd_kafka_message_t> first{rd_kafka_consume_queue(queue_.get(), poll_ms)};
  if (!first) return;
  take(*first, listener);
  std::array<rd_kafka_message_t*, 512> messages{};
  const auto count = rd_kafka_consume_batch_queue(queue_.get(), 0, messages.data(), messages.size());
  for (rd_kafka_message_t* one :
       std::span{messages}.first(static_cast<std::size_t>(std::max<ssize_t>(count, 0)))) {
    const KafkaHandle<rd_kafka_message_t> message{one};
    take(*message, listener);
  }
}

void KafkaTail::take(const rd_kafka_message_t& message, Listener& listener) {
  switch (message.err) {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
      progress_.go_on();
      denied_.clear();
      listener.on_record(message);
      // Not the count of records: compaction and transactions leave gaps, before the end too.
      return advance(partitions_[static_cast<std::size_t>(message.partition)], message.offset + 1);
    case RD_KAFKA_RESP_ERR__PARTITION_EOF:
      denied_.clear();
      return advance(partitions_[static_cast<std::size_t>(message.partition)], message.offset);
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
      return restart(message.partition, listener);
    default:
      break;
  }
  const std::string why = rd_kafka_message_errstr(&message);
  if (is_final(message.err)) fail(why);
  const std::string held_up = "reading the Kafka topic '" + settings_.topic + "' is held up: " + why;
  if (is_denied(message.err)) {
    denied_ = held_up + "; check what this user may do";
    seek_at_ = Clock::now() + between_seeks;
  }
  if (!caught_up()) progress_.wait_for(denied_.empty() ? held_up : denied_);
}

// librdkafka tries again by itself, and says neither that it is still denied nor that it is allowed with
// nothing to read. Where each partition is sought anew, it says either.
void KafkaTail::seek_anew() {
  seek_at_ = Clock::now() + between_seeks;
  for (std::size_t i = 0; i < partitions_.size(); ++i) {
    rd_kafka_seek(topic_.get(), static_cast<std::int32_t>(i), partitions_[i].next, 0);
  }
}

void KafkaTail::advance(Partition& partition, std::int64_t next) {
  const bool was_behind = partition.next < partition.end;
  if (was_behind) progress_.advance(std::min(next, partition.end) - partition.next);
  partition.next = next;
  if (was_behind && next >= partition.end) --behind_;
}

// Where it was to go on there is nothing any more: retention was faster, or the topic was made anew.
void KafkaTail::restart(std::int32_t number, Listener& listener) {
  Partition& partition = partitions_[static_cast<std::size_t>(number)];
  std::int64_t low = 0;
  std::int64_t high = 0;
  const bool found = insist([&, this](int timeout_ms) {
    return rd_kafka_query_watermark_offsets(client_.get(), settings_.topic.c_str(), number, &low, &high,
                                            timeout_ms);
  });
  if (!found) return;
  spdlog::error(
      "kafka: partition {} of topic '{}' has nothing at offset {} any more, it goes on at {}: what lay "
      "between "
      "is lost to the map; raise the topic's retention",
      number, settings_.topic, partition.next, low);
  listener.on_restart(number, low);
  advance(partition, std::max(low, partition.end));  // what it was to catch up with is gone
  partition.next = low;
  partition.end = std::min(partition.end, low);
  rd_kafka_seek(topic_.get(), number, low, question_ms);
}

std::int64_t KafkaTail::unread() const {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < partitions_.size(); ++i) {
    std::int64_t low = 0;
    std::int64_t high = 0;
    rd_kafka_get_watermark_offsets(client_.get(), settings_.topic.c_str(), static_cast<std::int32_t>(i), &low,
                                   &high);
    sum += std::max<std::int64_t>(high - partitions_[i].next, 0);
  }
  return sum;
}

void KafkaTail::widen(Listener& listener) {
  const rd_kafka_metadata_t* answer = nullptr;
  if (rd_kafka_metadata(client_.get(), 0, topic_.get(), &answer, question_ms) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return;
  }
  const KafkaHandle<const rd_kafka_metadata_t> metadata{answer};
  if (metadata->topic_cnt != 1) return;
  const auto count = static_cast<std::size_t>(metadata->topics[0].partition_cnt);
  if (count <= partitions_.size()) return;
  spdlog::info("kafka: topic '{}' has {} partitions now, {} before", settings_.topic, count,
               partitions_.size());
  for (std::size_t i = partitions_.size(); i < count; ++i)
    listener.on_restart(static_cast<std::int32_t>(i), 0);
  partitions_.resize(count);
  assign();
}

void KafkaTail::fail(const std::string& why) const {
  throw std::runtime_error("cannot read the Kafka topic '" + settings_.topic + "' at " + settings_.brokers +
                           ": " + why +
                           "; check that the leaders of its partitions run and what this user may do");
}

}  // namespace geomatch::publish
