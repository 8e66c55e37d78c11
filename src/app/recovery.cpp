#include "recovery.hpp"

#include <utility>

#include <spdlog/spdlog.h>

#include <geomatch/codec/record.hpp>
#include <geomatch/match/matcher.hpp>
#include <geomatch/publish/log.hpp>

namespace geomatch::app {

void Recovery::run(model::TimePoint since, model::TimePoint now) {
  if (log_.reader() == nullptr) return;
  const auto began = std::chrono::steady_clock::now();
  try {
    log_.reader()->replay(since, [this](const publish::Record& record) { apply(record); });
  } catch (const Cancelled&) {
    return;
  }
  matcher_.expire(now);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  spdlog::info("recovered {} entities from {} records of the log in {:.2f} s", matcher_.size(), applied_,
               took.count());
  if (not_understood_ != 0)
    spdlog::warn("{} records of the log are not ours and were skipped", not_understood_);
  if (without_room_ != 0) {
    spdlog::warn("{} records of the log found the map full; raise --max-entities", without_room_);
  }
}

void Recovery::apply(const publish::Record& record) {
  if (cancelled_.load(std::memory_order_relaxed)) throw Cancelled{};
  ++applied_;
  if (!record.value) return matcher_.erase(record.key);
  auto decoded = codec::decode_record(*record.value);
  if (!decoded || decoded->fix.id != record.key) {
    ++not_understood_;
    return;
  }
  log_.resends().remember(decoded->fix.id, decoded->uuid, decoded->fix.received_at);
  if (matcher_.upsert(decoded->fix) == match::UpsertResult::full) ++without_room_;
}

}  // namespace geomatch::app
