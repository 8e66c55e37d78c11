#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>

#include <geomatch/publish/kafka_settings.hpp>

#include "kafka/secrets.hpp"

namespace geomatch::publish {

/// What a client of librdkafka says: its lines go into the server's log, without secrets and seldom the same,
/// and why it last lost a connection, or got none, is kept. Thread-safe.
class KafkaClientLog {
 public:
  explicit KafkaClientLog(const KafkaSettings& settings) : secrets_(settings) {}

  /// A line of the client's, with a severity as syslog counts.
  void take(int severity, std::string_view facility, const std::string& text);

  /// Why the client has no connection, if it has said so lately; or empty. librdkafka repeats it twice a
  /// minute while it lasts.
  [[nodiscard]] std::string connection_failure() const;

 private:
  using Clock = std::chrono::steady_clock;

  const KafkaSecrets secrets_;
  mutable std::mutex mutex_;  // of the two below
  std::string failure_;
  Clock::time_point failed_at_{};
};

}  // namespace geomatch::publish
