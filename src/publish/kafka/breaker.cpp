#include "kafka/breaker.hpp"

#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "kafka/repeated_lines.hpp"

namespace geomatch::publish {

std::string KafkaBreaker::reason() const {
  const std::lock_guard lock{mutex_};
  return reason_;
}

void KafkaBreaker::note_delivery(Clock::time_point now) {
  well_at_ = now;
  if (!open()) return;
  refused_ = false;
  between_probes_.reset();
  spdlog::info("kafka: records are taken again");
  set({});
}

void KafkaBreaker::note_refusal(Clock::time_point now, const std::string& why) {
  if (!refused_) probe_at_ = now + between_probes_.next();
  refused_ = true;
  set(why);
  log_once_a_minute(spdlog::level::err,
                    fmt::format("kafka: {}: posts are refused until a record is taken", why), why);
}

bool KafkaBreaker::probe_due(Clock::time_point now) {
  if (!refused_ || now < probe_at_) return false;
  probe_at_ = now + between_probes_.next();
  return true;
}

void KafkaBreaker::look(Clock::time_point now, std::size_t pending) {
  if (refused_) return;
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
