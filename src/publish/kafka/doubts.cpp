#include "kafka/doubts.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <geomatch/publish/kafka_merge.hpp>
#include <geomatch/publish/publication.hpp>
#include <geomatch/publish/resend_window.hpp>

#include "kafka/producer.hpp"

namespace geomatch::publish {
namespace {

template <typename List>
void move_to(List& from, List& to) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  from.clear();
}

}  // namespace

bool KafkaDoubts::Partition::due(Clock::time_point now) const noexcept {
  return !sentinel_in_flight && !doubts.empty() && now >= send_at;
}

void KafkaDoubts::Partition::take_back_enclosed() {
  move_to(doubts, enclosed);
  doubts.swap(enclosed);
  sentinel_in_flight = false;
}

KafkaDoubts::KafkaDoubts(ResendWindow& resends, const KafkaMerge& merge, std::size_t capacity,
                         std::chrono::milliseconds quarantine)
    : resends_(resends), merge_(merge), capacity_(capacity), quarantine_(quarantine) {}

void KafkaDoubts::add(const Publication& publication, std::int32_t partition, Clock::time_point now) {
  if (publication.uuid.empty()) return;
  if (count_ == capacity_ || partition < 0) {
    return resends_.resolve(publication.record.key, publication.uuid);
  }
  ++count_;
  Partition& its = partitions_[partition];
  its.doubts.push_back({.id = publication.record.key, .uuid = publication.uuid});
  its.send_at = std::max(its.send_at, now + quarantine_);
}

void KafkaDoubts::note_sentinel(std::int32_t partition, std::int64_t offset, Clock::time_point now) {
  const auto found = partitions_.find(partition);
  if (found == partitions_.end() || !found->second.sentinel_in_flight) return;  // of a producer before
  Partition& its = found->second;
  if (offset < 0) {
    its.take_back_enclosed();
    its.send_at = now + its.backoff.next();
    return;
  }
  its.sentinel_in_flight = false;
  its.backoff.reset();
  if (!its.enclosed.empty()) {
    passed_.push_back({.partition = partition, .offset = offset, .doubts = std::exchange(its.enclosed, {})});
  }
  if (its.idle()) partitions_.erase(found);
}

void KafkaDoubts::note_new_producer() {
  for (auto& [number, its] : partitions_) its.take_back_enclosed();
}

void KafkaDoubts::serve(KafkaProducer& producer, Clock::time_point now) {
  for (auto& [number, its] : partitions_) {
    if (!its.due(now)) continue;
    if (producer.produce_sentinel(number)) {
      its.sentinel_in_flight = true;
      move_to(its.doubts, its.enclosed);
    } else {
      its.send_at = now + its.backoff.next();
    }
  }
  std::erase_if(passed_, [this](const Passed& passed) {
    if (merge_.next_read(passed.partition) <= passed.offset) return false;
    resolve(passed.doubts);
    return true;
  });
}

void KafkaDoubts::resolve(const std::vector<Doubt>& doubts) {
  for (const Doubt& doubt : doubts) resends_.resolve(doubt.id, doubt.uuid);
  count_ -= doubts.size();
}

}  // namespace geomatch::publish
