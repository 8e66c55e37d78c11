#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "backoff.hpp"

namespace geomatch::publish {

class KafkaMerge;
class KafkaProducer;
class Publication;
class ResendWindow;

/// Finds out about records whose outcome stayed unknown because their producer failed, so that a resend is
/// neither lost nor logged twice. One thread: the one that gets the reports.
///
/// A request that got no answer may lie with a broker that is frozen or cut off, and still be written when
/// that broker comes back. So for a while, the quarantine, nothing is certain. Then a sentinel, a record that
/// says nothing, is sent behind; once it is written and the reader of the topic has come by it, the reader
/// has told the resend window of every doubtful record that is there, and those that are left won't be.
class KafkaDoubts {
 public:
  using Clock = std::chrono::steady_clock;

  /// At most `capacity` are looked after; one beyond is forgotten, as the resend window forgets its oldest.
  KafkaDoubts(ResendWindow& resends, const KafkaMerge& merge, std::size_t capacity,
              std::chrono::milliseconds quarantine);

  /// This one was just settled as unknown.
  void add(const Publication& publication, std::int32_t partition, Clock::time_point now);

  /// The report of a sentinel: written at `offset`, or not (a negative one).
  void note_sentinel(std::int32_t partition, std::int64_t offset, Clock::time_point now);

  /// Another producer takes the place of the one that sentinels were sent with.
  void note_new_producer();

  /// Sends what is due, and resolves what is known.
  void serve(KafkaProducer& producer, Clock::time_point now);

  /// Nothing is left to do.
  [[nodiscard]] bool idle() const noexcept { return partitions_.empty() && passed_.empty(); }

 private:
  struct Doubt {
    std::string id;
    std::string uuid;
  };
  struct Partition {
    std::vector<Doubt> doubts;    // no sentinel was sent behind them
    std::vector<Doubt> enclosed;  // the sentinel in flight was
    bool sentinel_in_flight = false;
    Clock::time_point send_at{};  // not before
    Backoff backoff{std::chrono::milliseconds{100}, std::chrono::milliseconds{1'000}};

    [[nodiscard]] bool due(Clock::time_point now) const noexcept;
    [[nodiscard]] bool idle() const noexcept { return !sentinel_in_flight && doubts.empty(); }
    void take_back_enclosed();
  };
  struct Passed {  // what a written sentinel lies behind
    std::int32_t partition;
    std::int64_t offset;
    std::vector<Doubt> doubts;
  };

  void resolve(const std::vector<Doubt>& doubts);

  ResendWindow& resends_;
  const KafkaMerge& merge_;
  const std::size_t capacity_;
  const std::chrono::milliseconds quarantine_;
  std::size_t count_ = 0;
  std::map<std::int32_t, Partition> partitions_;
  std::deque<Passed> passed_;
};

}  // namespace geomatch::publish
