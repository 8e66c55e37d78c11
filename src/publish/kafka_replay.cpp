#include "kafka_replay.hpp"

#include <algorithm>
#include <chrono>
#include <span>
#include <stdexcept>
#include <thread>

#include "kafka_config.hpp"
#include "kafka_topic_creation.hpp"

namespace geomatch::publish {
namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds stall_timeout = 30s;

int milliseconds_until(SteadyClock::time_point end) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - SteadyClock::now());
  return static_cast<int>(std::max<std::int64_t>(left.count(), 1));
}

std::string seconds(std::chrono::milliseconds time) {
  return std::to_string(std::chrono::round<std::chrono::seconds>(time).count()) + " s";
}

// Nothing that waiting changes.
bool is_final(rd_kafka_resp_err_t error) {
  return error == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED ||
         error == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED ||
         error == RD_KAFKA_RESP_ERR__AUTHENTICATION || error == RD_KAFKA_RESP_ERR__FATAL;
}

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

Record record_of(const rd_kafka_message_t& message) {
  Record record;
  if (message.key != nullptr) record.key.assign(static_cast<const char*>(message.key), message.key_len);
  if (message.payload != nullptr)
    record.value.emplace(static_cast<const char*>(message.payload), message.len);
  record.received_at = model::TimePoint{model::Milliseconds{rd_kafka_message_timestamp(&message, nullptr)}};
  return record;
}

}  // namespace

KafkaReplay::KafkaReplay(const KafkaSettings& settings)
    : settings_(settings),
      client_(make_kafka_consumer(settings)),
      topic_(make_kafka_topic(*client_, settings.topic)) {
  rd_kafka_poll_set_consumer(client_.get());
}

void KafkaReplay::run(model::TimePoint since, const LogReader::Sink& sink) {
  if (!find_partitions()) return;
  find_bounds(since);
  assign();
  read(sink);
}

KafkaHandle<const rd_kafka_metadata_t> KafkaReplay::ask(int timeout_ms) const {
  const rd_kafka_metadata_t* answer = nullptr;
  const auto error = rd_kafka_metadata(client_.get(), 0, topic_.get(), &answer, timeout_ms);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    throw std::runtime_error("cannot reach Kafka at " + settings_.brokers + " within " +
                             seconds(settings_.answer_timeout) + ": " + rd_kafka_err2str(error) +
                             "; check --publish and that the broker runs");
  }
  return KafkaHandle<const rd_kafka_metadata_t>{answer};
}

// False: the topic was just created, there is nothing to read.
bool KafkaReplay::find_partitions() {
  const auto end = SteadyClock::now() + settings_.answer_timeout;
  while (true) {
    const auto metadata = ask(milliseconds_until(end));
    if (metadata->topic_cnt != 1) fail("the answer isn't about it");
    const rd_kafka_metadata_topic_t& topic = metadata->topics[0];
    const bool led =
        std::ranges::all_of(partitions_of(topic), [](const auto& one) { return one.leader >= 0; });
    if (topic.err == RD_KAFKA_RESP_ERR_NO_ERROR && led) {
      partitions_.resize(static_cast<std::size_t>(topic.partition_cnt));
      return true;
    }
    if (topic.err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) {
      if (create_kafka_topic(*client_, settings_.topic, settings_.answer_timeout)) return false;
    } else if (is_final(topic.err) || SteadyClock::now() > end) {
      fail(topic.err != RD_KAFKA_RESP_ERR_NO_ERROR ? rd_kafka_err2str(topic.err)
                                                   : "a partition has no leader");
    }
    std::this_thread::sleep_for(50ms);  // a leader is being elected, or another instance makes the topic
  }
}

// While a partition's leader changes, or is new, its offsets can't be had; librdkafka leaves it to us to ask
// again.
void KafkaReplay::insist(const Question& question) const {
  const auto end = SteadyClock::now() + settings_.answer_timeout;
  while (true) {
    const auto error = question(milliseconds_until(end));
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return;
    if (is_final(error) || SteadyClock::now() > end) fail(rd_kafka_err2str(error));
    std::this_thread::sleep_for(50ms);
  }
}

void KafkaReplay::find_bounds(model::TimePoint since) {
  for (std::size_t i = 0; i < partitions_.size(); ++i) {
    insist([&, this](int timeout_ms) {
      return rd_kafka_query_watermark_offsets(client_.get(), settings_.topic.c_str(),
                                              static_cast<std::int32_t>(i), &partitions_[i].next,
                                              &partitions_[i].end, timeout_ms);
    });
  }
  if (since.time_since_epoch() > 0ms) {
    insist([&, this](int timeout_ms) { return find_begins(since, timeout_ms); });
  }
}

// Raises `next` to the first record with a timestamp of `since` or later; to the end where there is none.
rd_kafka_resp_err_t KafkaReplay::find_begins(model::TimePoint since, int timeout_ms) {
  const auto list = make_list(partitions_.size());
  for (std::size_t i = 0; i < partitions_.size(); ++i) {
    rd_kafka_topic_partition_list_add(list.get(), settings_.topic.c_str(), static_cast<std::int32_t>(i))
        ->offset = since.time_since_epoch().count();
  }
  const auto error = rd_kafka_offsets_for_times(client_.get(), list.get(), timeout_ms);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return error;
  for (const auto& found : elements(*list)) {
    if (found.err != RD_KAFKA_RESP_ERR_NO_ERROR) return found.err;
    Partition& partition = partitions_[static_cast<std::size_t>(found.partition)];
    partition.next = found.offset < 0 ? partition.end : std::max(partition.next, found.offset);
  }
  return RD_KAFKA_RESP_ERR_NO_ERROR;
}

void KafkaReplay::assign() {
  const auto list = make_list(partitions_.size());
  for (std::size_t i = 0; i < partitions_.size(); ++i) {
    if (partitions_[i].next >= partitions_[i].end) continue;
    rd_kafka_topic_partition_list_add(list.get(), settings_.topic.c_str(), static_cast<std::int32_t>(i))
        ->offset = partitions_[i].next;
    ++open_;
  }
  const auto error = rd_kafka_assign(client_.get(), list.get());
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) fail(rd_kafka_err2str(error));
}

void KafkaReplay::read(const LogReader::Sink& sink) {
  auto last_progress = SteadyClock::now();
  while (open_ > 0) {
    constexpr int poll_ms = 200;
    const KafkaHandle<rd_kafka_message_t> message{rd_kafka_consumer_poll(client_.get(), poll_ms)};
    if (message && (message->err == RD_KAFKA_RESP_ERR_NO_ERROR)) last_progress = SteadyClock::now();
    if (message) take(*message, sink);
    if (SteadyClock::now() - last_progress > stall_timeout) {
      fail("nothing more came for " + seconds(stall_timeout) + "; " + standing());
    }
  }
}

void KafkaReplay::take(const rd_kafka_message_t& message, const LogReader::Sink& sink) {
  const bool at_end = message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF;
  if (!at_end && message.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    note_error(message);
    return;
  }
  Partition& partition = partitions_[static_cast<std::size_t>(message.partition)];
  if (partition.next >= partition.end) return;  // written meanwhile, behind the end
  if (!at_end && message.offset < partition.end) sink(record_of(message));
  // Not the count of records: compaction and transactions leave gaps, before the end too.
  partition.next = at_end ? message.offset : message.offset + 1;
  if (partition.next >= partition.end) --open_;
}

void KafkaReplay::note_error(const rd_kafka_message_t& message) {
  last_error_ = rd_kafka_message_errstr(&message);
  if (is_final(message.err)) fail(last_error_);  // from others librdkafka recovers
}

std::string KafkaReplay::standing() const {
  const auto behind =
      std::ranges::find_if(partitions_, [](const Partition& one) { return one.next < one.end; });
  std::string text = "partition " + std::to_string(behind - partitions_.begin()) + " stands at " +
                     std::to_string(behind->next) + " of " + std::to_string(behind->end);
  if (!last_error_.empty()) text += "; last error: " + last_error_;
  return text;
}

void KafkaReplay::fail(const std::string& why) const {
  throw std::runtime_error("cannot read the Kafka topic '" + settings_.topic + "' at " + settings_.brokers +
                           ": " + why +
                           "; check that the leaders of its partitions run and what this user may do");
}

}  // namespace geomatch::publish
