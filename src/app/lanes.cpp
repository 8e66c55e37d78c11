#include "lanes.hpp"

#include <functional>
#include <system_error>
#include <utility>

#include <spdlog/spdlog.h>

#include "log_view.hpp"

namespace geomatch::app {
namespace {

constexpr std::size_t batch_size = 256;  // what a lock and a wake-up are shared by
constexpr std::size_t max_waiting = 16;  // batches

}  // namespace

Lanes::Lanes(LogView& view, std::size_t count) : view_(view) {
  try {
    while (lanes_.size() < count) {
      Lane& lane = lanes_.emplace_back();
      lane.thread = std::thread{[this, &lane] { run(lane); }};
    }
  } catch (const std::system_error& error) {
    lanes_.pop_back();
    spdlog::warn("recovery uses {} threads instead of {}: {}", lanes_.size(), count, error.code().message());
  }
}

Lanes::~Lanes() {
  for (Lane& lane : lanes_) {
    hand_over(lane);
    const std::lock_guard lock{lane.mutex};
    lane.ended = true;
    lane.changed.notify_all();
  }
  for (Lane& lane : lanes_) lane.thread.join();
}

void Lanes::add(const publish::Record& record) {
  if (lanes_.empty()) return view_.apply(record);
  Lane& lane = lanes_[std::hash<std::string>{}(record.key) % lanes_.size()];
  Batch& batch = lane.filling;
  if (batch.records.empty()) batch.records.resize(batch_size);
  batch.records[batch.count++] = record;
  if (batch.count == batch_size) hand_over(lane);
}

void Lanes::hand_over(Lane& lane) {
  std::unique_lock lock{lane.mutex};
  lane.changed.wait(lock, [&] { return lane.waiting.size() < max_waiting; });
  lane.waiting.push_back(std::exchange(lane.filling, {}));
  if (!lane.empty.empty()) {
    lane.filling = std::move(lane.empty.back());
    lane.empty.pop_back();
  }
  lane.changed.notify_all();
}

void Lanes::run(Lane& lane) {
  std::unique_lock lock{lane.mutex};
  while (true) {
    lane.changed.wait(lock, [&] { return !lane.waiting.empty() || lane.ended; });
    if (lane.waiting.empty()) return;
    Batch batch = std::move(lane.waiting.front());
    lane.waiting.pop_front();
    lane.changed.notify_all();
    lock.unlock();
    for (std::size_t i = 0; i < batch.count; ++i) view_.apply(batch.records[i]);
    batch.count = 0;
    lock.lock();
    lane.empty.push_back(std::move(batch));
  }
}

}  // namespace geomatch::app
