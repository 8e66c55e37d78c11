#include "kafka/topic_limit.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "kafka/handles.hpp"

namespace geomatch::publish {
namespace {

std::optional<std::size_t> number(const char* text) {
  if (text == nullptr) return std::nullopt;
  std::size_t value = 0;
  const char* end = text + std::strlen(text);
  const auto [stop, error] = std::from_chars(text, end, value);
  return error == std::errc{} && stop == end ? std::optional{value} : std::nullopt;
}

std::optional<std::size_t> limit_in(const rd_kafka_ConfigResource_t& resource) {
  if (rd_kafka_ConfigResource_error(&resource) != RD_KAFKA_RESP_ERR_NO_ERROR) return std::nullopt;
  std::size_t count = 0;
  const auto* entries = rd_kafka_ConfigResource_configs(&resource, &count);
  for (const auto* entry : std::span{entries, count}) {
    if (std::string_view{rd_kafka_ConfigEntry_name(entry)} == "max.message.bytes") {
      return number(rd_kafka_ConfigEntry_value(entry));
    }
  }
  return std::nullopt;
}

// The one that is asked, and waited for if there is none.
bool has_controller(rd_kafka_t& client, rd_kafka_topic_t& topic, int timeout_ms) {
  const rd_kafka_metadata_t* answer = nullptr;
  if (rd_kafka_metadata(&client, 0, &topic, &answer, timeout_ms) != RD_KAFKA_RESP_ERR_NO_ERROR) return false;
  const KafkaHandle<const rd_kafka_metadata_t> metadata{answer};
  const std::span brokers{metadata->brokers, static_cast<std::size_t>(metadata->broker_cnt)};
  const std::int32_t controller = rd_kafka_controllerid(&client, 0);
  return std::ranges::any_of(brokers, [&](const auto& broker) { return broker.id == controller; });
}

// Of the protocol's signed numbers of variable length.
std::size_t varint_bytes(std::int64_t value) noexcept {
  auto rest = (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63);
  std::size_t bytes = 1;
  for (; rest >= 0x80; rest >>= 7U) ++bytes;
  return bytes;
}

std::size_t field_bytes(std::size_t size) noexcept {
  return varint_bytes(static_cast<std::int64_t>(size)) + size;
}

}  // namespace

std::optional<std::size_t> read_topic_limit(rd_kafka_t& client, rd_kafka_topic_t& topic,
                                            std::chrono::milliseconds timeout) {
  const int timeout_ms = static_cast<int>(timeout.count());
  if (!has_controller(client, topic, timeout_ms)) return std::nullopt;
  const KafkaHandle<rd_kafka_queue_t> queue{rd_kafka_queue_new(&client)};
  const KafkaHandle<rd_kafka_AdminOptions_t> options{
      rd_kafka_AdminOptions_new(&client, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS)};
  rd_kafka_AdminOptions_set_request_timeout(options.get(), timeout_ms, nullptr, 0);
  const KafkaHandle<rd_kafka_ConfigResource_t> wanted{
      rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, rd_kafka_topic_name(&topic))};
  std::array resources{wanted.get()};
  rd_kafka_DescribeConfigs(&client, resources.data(), resources.size(), options.get(), queue.get());

  constexpr int until_answer = -1;  // the options' timeout makes one
  const KafkaHandle<rd_kafka_event_t> answer{rd_kafka_queue_poll(queue.get(), until_answer)};
  if (rd_kafka_event_error(answer.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) return std::nullopt;
  std::size_t count = 0;
  const auto* results =
      rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(answer.get()), &count);
  return count == 1 ? limit_in(*results[0]) : std::nullopt;
}

// Kafka's record batch, version 2: a header, then for each record its length and what that counts.
std::size_t batch_bytes(const Record& record) noexcept {
  constexpr std::size_t header = 61;
  constexpr std::size_t attributes_and_deltas = 3;  // the first one's distances in time and offset are 0
  constexpr std::size_t no_headers = 1;
  constexpr std::size_t no_value = 1;
  return header + field_bytes(attributes_and_deltas + field_bytes(record.key.size()) +
                              (record.value ? field_bytes(record.value->size()) : no_value) + no_headers);
}

}  // namespace geomatch::publish
