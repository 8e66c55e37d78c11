#include "kafka/client_log.hpp"

#include <fmt/format.h>
#include <librdkafka/rdkafka.h>

#include "kafka/repeated_lines.hpp"

namespace geomatch::publish {
namespace {

constexpr std::chrono::seconds lately{40};

spdlog::level::level_enum level_of(int severity) {
  constexpr int error = 3;
  constexpr int warning = 4;
  constexpr int information = 6;
  return severity <= error         ? spdlog::level::err
         : severity == warning     ? spdlog::level::warn
         : severity <= information ? spdlog::level::info
                                   : spdlog::level::debug;
}

// Of "[thrd:NAME]: CLIENT: BROKER: WHAT (after 3ms in state CONNECT)" what doesn't change when it is
// repeated.
std::string essence_of(std::string text) {
  if (text.starts_with("[thrd:")) {
    const auto end = text.find("]: ");
    if (end != std::string::npos) text.erase(0, end + 3);
  }
  const auto client = text.find(": ");
  if (client != std::string::npos && text.find("#") < client && text.find(' ') > client)
    text.erase(0, client + 2);
  const auto figures = text.rfind(" (after ");
  if (figures != std::string::npos) text.erase(figures);
  return text;
}

// Brokers since 3.8.1 and 3.9.0 refuse the nonce that librdkafka before 2.6.1 repeats (its issue 4895), with
// the words for a wrong password.
std::string remedy(const std::string& failure) {
  constexpr int with_right_nonce = 0x020601ff;
  if (rd_kafka_version() >= with_right_nonce || failure.find("mechanism SCRAM-") == std::string::npos)
    return {};
  return fmt::format(" (if they are right: librdkafka {} can't speak SCRAM to Kafka 3.9 and later)",
                     rd_kafka_version_str());
}

// Without the broker's name before it.
std::string without_broker(const std::string& essence) {
  const auto end = essence.find(": ");
  const bool named = end != std::string::npos && essence.find(' ') > end && essence.find('/') < end;
  return named ? essence.substr(end + 2) : essence;
}

}  // namespace

void KafkaClientLog::take(int severity, std::string_view facility, const std::string& text) {
  // A consumer that is given a producer's property says so; here that is how --kafka is meant.
  if (facility == "CONFWARN") return;
  const std::string shown = secrets_.removed_from(text);
  const std::string essence = essence_of(shown);
  if (facility == "FAIL") {
    const std::lock_guard lock{mutex_};
    const std::string failure = without_broker(essence);
    const auto now = Clock::now();
    // The same may be said in more and in fewer words.
    if (now - failed_at_ >= lately || failure_.find(failure) == std::string::npos) {
      failure_ = failure + remedy(failure);
    }
    failed_at_ = now;
  }
  log_once_a_minute(level_of(severity), fmt::format("kafka: {}: {}", facility, shown), essence);
}

std::string KafkaClientLog::connection_failure() const {
  const std::lock_guard lock{mutex_};
  return Clock::now() - failed_at_ < lately ? failure_ : std::string{};
}

}  // namespace geomatch::publish
