#include "kafka/breaker.hpp"

#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace geomatch::publish {

std::string KafkaBreaker::reason() const {
  const std::lock_guard lock{mutex_};
  return reason_;
}

void KafkaBreaker::note_delivery(Clock::time_point now) {
  well_at_ = now;
  if (!open()) return;
  spdlog::info("kafka: records are taken again");
  set({});
}

void KafkaBreaker::look(Clock::time_point now, std::size_t pending) {
  if (pending == 0) return note_delivery(now);  // nothing would find out any more
  if (open() || now - well_at_ < patience_) return;
  set(fmt::format("Kafka has taken no record for {} ms", patience_.count()));
  spdlog::error("kafka: no record was taken for {} ms: posts are refused until one is", patience_.count());
}

void KafkaBreaker::set(std::string reason) {
  const bool open = !reason.empty();
  {
    const std::lock_guard lock{mutex_};
    reason_ = std::move(reason);
  }
  open_.store(open, std::memory_order_relaxed);
}

}  // namespace geomatch::publish
