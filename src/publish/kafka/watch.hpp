#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include <librdkafka/rdkafka.h>

namespace geomatch::publish {

class KafkaProducer;

/// Knows whether Kafka can be written to, for an operator, and how large a batch the topic takes.
///
/// librdkafka tells when things may have gone wrong, and not when they are well again. So after each such
/// hint, and at the start, a thread of its own asks the brokers for the topic until the answer is good, twice
/// a second at most. While all is well it asks nothing but the limit, once a minute. The first question also
/// fetches what the first record will need.
class KafkaWatch {
 public:
  /// `producer` outlives it. Where another took the place of one before, what was known of the topic's limit,
  /// and if that one worked, of the reason, too.
  KafkaWatch(const KafkaProducer& producer, std::string brokers, std::size_t limit = 0,
             std::optional<std::string> reason = std::nullopt);
  /// Waits for its thread, two seconds at most.
  ~KafkaWatch();

  KafkaWatch(const KafkaWatch&) = delete;
  KafkaWatch& operator=(const KafkaWatch&) = delete;

  /// Something went wrong: look soon. Any thread, waits for nothing.
  void suspect();

  /// Kafka just took a record: whatever one broker answers or doesn't, it can be written to. Any thread,
  /// lock-free.
  void note_delivery() noexcept {
    deliveries_.fetch_add(1, std::memory_order_relaxed);  // a figure, nothing is read by way of it
  }

  /// Whether the brokers were asked and gave no good answer: sending to them is of no use now. Any thread,
  /// lock-free.
  [[nodiscard]] bool cut_off() const noexcept {
    return cut_off_.load(std::memory_order_relaxed);  // a flag on its own, nothing is read by way of it
  }

  /// Why Kafka can't be written to, or empty. Any thread.
  [[nodiscard]] std::string reason() const;

  /// The largest batch that the topic takes, or 0: unknown. Any thread, lock-free.
  [[nodiscard]] std::size_t limit() const noexcept {
    return limit_.load(std::memory_order_relaxed);  // a figure on its own
  }

  /// The limit may have changed: read it soon. Gives what `limit_read` takes. Any thread, waits for nothing.
  std::uint64_t suspect_limit();

  /// Whether the limit was read, or could not be, since `suspect_limit` gave this. Any thread.
  [[nodiscard]] bool limit_read(std::uint64_t ticket) const;

  /// Asks nothing more. Any thread, waits for nothing.
  void stop();

 private:
  void run();
  [[nodiscard]] std::string look() const;
  [[nodiscard]] std::string ask() const;
  [[nodiscard]] std::string judge(const rd_kafka_metadata_t& metadata) const;
  void tell_change(const std::string& now) const;
  void read_limit(std::unique_lock<std::mutex>& lock);

  const KafkaProducer& producer_;
  const std::string brokers_;

  std::atomic<std::uint64_t> deliveries_{0};
  std::atomic<bool> cut_off_{false};
  std::atomic<std::size_t> limit_{0};

  mutable std::mutex mutex_;  // of all below but the thread
  std::condition_variable changed_;
  std::string reason_;
  bool suspected_ = true;
  bool limit_suspected_ = true;
  std::uint64_t readings_begun_ = 0;  // of the limit
  std::uint64_t readings_ended_ = 0;
  std::chrono::steady_clock::time_point read_limit_at_{};
  bool stopping_ = false;

  std::thread thread_;
};

}  // namespace geomatch::publish
