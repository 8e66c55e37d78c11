#include "kafka/breaker.hpp"

#include <spdlog/spdlog.h>

namespace geomatch::publish {
namespace {

// Where some partitions work and others don't, the first deliver this often.
constexpr std::chrono::seconds moment{1};

}  // namespace

std::string KafkaBreaker::reason() const {
  const std::lock_guard lock{mutex_};
  return reason_;
}

void KafkaBreaker::note_delivery(Clock::time_point now) {
  delivered_at_ = now;
  if (!open()) return;
  spdlog::info("kafka: records are taken again");
  {
    const std::lock_guard lock{mutex_};
    reason_.clear();
  }
  open_.store(false, std::memory_order_relaxed);
}

void KafkaBreaker::note_failure(Clock::time_point now, const std::string& why) {
  if (open() || now - delivered_at_ < moment) return;
  spdlog::error("kafka: no record is taken ({}): posts are refused until one is", why);
  {
    const std::lock_guard lock{mutex_};
    reason_ = "Kafka takes no record: " + why;
  }
  open_.store(true, std::memory_order_relaxed);
}

}  // namespace geomatch::publish
