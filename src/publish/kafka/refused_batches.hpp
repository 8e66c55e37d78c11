#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kafka/producer.hpp"

namespace geomatch::publish {

class KafkaWatch;
class Publication;
class Settlement;

/// Knows what to do about batches that brokers refuse for their size. One thread: the one that gets the
/// reports.
///
/// A batch is refused as a whole, because of one record in it, or because the topic's limit was lowered. So
/// its records wait until the limit was read, and then those end as too large that exceed it by themselves.
/// The others end as not published, and aren't sent again: later records of the same entities are on their
/// way already. Where brokers don't tell the limit, batches are halved from refusal to refusal, until a
/// record was surely alone in its batch.
class KafkaRefusedBatches {
 public:
  /// A record of a refused batch.
  void add(Publication& publication, KafkaWatch& watch);

  [[nodiscard]] bool empty() const noexcept { return waiting_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return waiting_.size(); }

  /// Whether the limit was read since the first of them was added.
  [[nodiscard]] bool decidable(const KafkaWatch& watch) const;

  /// Ends all of them by the limit that is known. `producer` is the one that they were sent with.
  void settle(Settlement& settlement, const KafkaProducer& producer, const KafkaWatch& watch);

  /// How large batches should be at most.
  [[nodiscard]] std::size_t wanted_batch_bytes(const KafkaWatch& watch) const noexcept;

 private:
  std::vector<Publication*> waiting_;
  std::uint64_t ticket_ = 0;                      // of the watch, for the reading that they wait for
  std::size_t guess_ = KafkaProducer::any_batch;  // of the limit, where brokers don't tell it
};

}  // namespace geomatch::publish
