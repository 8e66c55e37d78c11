#include "kafka/refused_batches.hpp"

#include <algorithm>

#include <geomatch/publish/publication.hpp>
#include <geomatch/publish/settlement.hpp>

#include "kafka/topic_limit.hpp"
#include "kafka/watch.hpp"

namespace geomatch::publish {

void KafkaRefusedBatches::add(Publication& publication, KafkaWatch& watch) {
  if (waiting_.empty()) ticket_ = watch.suspect_limit();
  waiting_.push_back(&publication);
}

bool KafkaRefusedBatches::decidable(const KafkaWatch& watch) const {
  return !waiting_.empty() && watch.limit_read(ticket_);
}

void KafkaRefusedBatches::settle(Settlement& settlement, const KafkaProducer& producer,
                                 const KafkaWatch& watch) {
  const std::size_t limit = watch.limit();
  bool explained = limit != 0;
  for (Publication* one : waiting_) {
    const std::size_t bytes = batch_bytes(one->record);
    const bool was_alone = bytes > producer.max_batch_bytes();
    const bool exceeds = limit != 0 && bytes > limit && !producer.compresses();
    explained = explained || was_alone;
    settlement.settle(*one, was_alone || exceeds ? Outcome::too_large : Outcome::not_published);
  }
  if (!explained && !waiting_.empty()) guess_ = std::max<std::size_t>(producer.max_batch_bytes() / 2, 1);
  waiting_.clear();
}

std::size_t KafkaRefusedBatches::wanted_batch_bytes(const KafkaWatch& watch) const noexcept {
  const std::size_t limit = watch.limit();
  return std::clamp<std::size_t>(limit == 0 ? guess_ : limit, 1, KafkaProducer::any_batch);
}

}  // namespace geomatch::publish
