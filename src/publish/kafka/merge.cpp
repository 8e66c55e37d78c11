#include <array>
#include <deque>
#include <functional>
#include <mutex>
#include <string>

#include <spdlog/spdlog.h>

#include <geomatch/publish/kafka_merge.hpp>
#include <geomatch/publish/publication.hpp>
#include <geomatch/publish/settlement.hpp>

namespace geomatch::publish {

class KafkaMerge::Partition {
 public:
  void begin(std::int64_t offset) {
    const std::lock_guard lock{mutex_};
    next_read_ = offset;
    ahead_.clear();
    keys_ahead_.fill(0);
  }

  void settle(Settlement& settlement, Publication& publication, std::int64_t offset) {
    const std::lock_guard lock{mutex_};
    if (offset < next_read_) return settlement.settle_applied(publication);
    // Reports come in the order of the topic; one that doesn't is read again.
    if (ahead_.empty() || ahead_.back().offset < offset) remember(offset, publication.record);
    settlement.settle(publication, Outcome::published);
  }

  bool pass_over(std::int64_t offset) {
    const std::lock_guard lock{mutex_};
    return passes_over(offset);
  }

  void read(const Record& record, std::int64_t offset, const LogReader::Sink& sink) {
    const std::lock_guard lock{mutex_};
    if (passes_over(offset)) return;  // reported meanwhile
    next_read_ = offset + 1;
    sink(record);
    if (keys_ahead_[slot_of(record.key)] == 0) return;
    for (const Ahead& own : ahead_) {
      if (own.record.key == record.key) sink(own.record);
    }
  }

  [[nodiscard]] std::int64_t next_read() const {
    const std::lock_guard lock{mutex_};
    return next_read_;
  }

 private:
  struct Ahead {
    std::int64_t offset;
    Record record;
  };

  static std::size_t slot_of(const std::string& key) noexcept {
    return std::hash<std::string>{}(key) % max_ahead;
  }

  bool passes_over(std::int64_t offset) {
    while (!ahead_.empty() && ahead_.front().offset < offset) forget_first();
    if (ahead_.empty() || ahead_.front().offset != offset) return false;
    next_read_ = offset + 1;
    forget_first();
    return true;
  }

  void remember(std::int64_t offset, const Record& record) {
    if (ahead_.size() == max_ahead) forget_first();
    ++keys_ahead_[slot_of(record.key)];
    ahead_.push_back({.offset = offset, .record = record});
  }

  void forget_first() {
    --keys_ahead_[slot_of(ahead_.front().record.key)];
    ahead_.pop_front();
  }

  mutable std::mutex mutex_;
  std::int64_t next_read_ = 0;
  std::deque<Ahead> ahead_;                               // own ones with an effect, in order
  std::array<std::uint16_t, max_ahead> keys_ahead_ = {};  // how many of them, by their keys' hashes
};

KafkaMerge::KafkaMerge() = default;
KafkaMerge::~KafkaMerge() = default;

KafkaMerge::Partition& KafkaMerge::at(std::int32_t partition) const {
  const auto index = static_cast<std::size_t>(partition);
  {
    const std::shared_lock lock{mutex_};
    if (index < partitions_.size()) return *partitions_[index];
  }
  const std::lock_guard lock{mutex_};
  while (partitions_.size() <= index) partitions_.push_back(std::make_unique<Partition>());
  return *partitions_[index];
}

void KafkaMerge::begin(std::int32_t partition, std::int64_t offset) {
  at(partition).begin(offset);
}

void KafkaMerge::settle(Settlement& settlement, Publication& publication, std::int32_t partition,
                        std::int64_t offset) {
  at(partition).settle(settlement, publication, offset);
}

bool KafkaMerge::pass_over(std::int32_t partition, std::int64_t offset) {
  return at(partition).pass_over(offset);
}

void KafkaMerge::read(const Record& record, std::int32_t partition, std::int64_t offset,
                      const LogReader::Sink& sink) {
  at(partition).read(record, offset, sink);
}

std::int64_t KafkaMerge::next_read(std::int32_t partition) const {
  return at(partition).next_read();
}

void KafkaMerge::note_reading(const std::string& held_up) {
  if (held_up.empty() && !this->held_up()) return;  // as nearly always
  const std::lock_guard lock{reading_mutex_};
  if (held_up_by_ == held_up) return;
  if (held_up.empty()) {
    spdlog::info("kafka: reading goes on");
  } else {
    spdlog::error("kafka: {}", held_up);
  }
  held_up_by_ = held_up;
  is_held_up_.store(!held_up.empty(), std::memory_order_relaxed);
}

std::string KafkaMerge::held_up_by() const {
  const std::lock_guard lock{reading_mutex_};
  return held_up_by_;
}

}  // namespace geomatch::publish
