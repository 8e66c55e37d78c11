#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <vector>

#include <geomatch/publish/log_reader.hpp>
#include <geomatch/publish/record.hpp>

namespace geomatch::publish {

class Publication;
class Settlement;

/// Brings a topic's records into a view of it in their order, each once, from two sides: own records, whose
/// reports come early, and all records, which a reader gets a little later.
///
/// An own record takes effect with its report, ahead of the reader. When the reader comes to it, it is passed
/// over; and when the reader brings another's record from before it, those of that key that were ahead take
/// effect again behind it. So for each key the view ends as the topic's order says. Thread-safe: one thread
/// reports and one reads; each may wait for the other's effect on the view, never for I/O.
class KafkaMerge {
 public:
  /// How many own records of a partition are remembered ahead of the reader. One beyond takes effect a second
  /// time when the reader comes to it: the view is right again once the reader has caught up.
  static constexpr std::size_t max_ahead = 16'384;

  KafkaMerge();
  ~KafkaMerge();
  KafkaMerge(const KafkaMerge&) = delete;
  KafkaMerge& operator=(const KafkaMerge&) = delete;

  /// The reader goes on at `offset` of `partition`: what lies before it has taken effect.
  void begin(std::int32_t partition, std::int64_t offset);

  /// An own publication lies at `offset`: settles it as published, with its effect unless the reader was
  /// there before.
  void settle(Settlement& settlement, Publication& publication, std::int32_t partition, std::int64_t offset);

  /// The reader has come to `offset`: true if an own record lies there that has had its effect. Otherwise
  /// `read` has to follow.
  [[nodiscard]] bool pass_over(std::int32_t partition, std::int64_t offset);

  /// The reader has come to `record` at `offset`: gives `sink` what has to take effect now, if anything.
  void read(const Record& record, std::int32_t partition, std::int64_t offset, const LogReader::Sink& sink);

  /// The reader tells why it can't go on, or an empty text: it does.
  void note_reading(const std::string& held_up);

  /// Whether the reader can't go on: the view doesn't get what others log. Lock-free.
  [[nodiscard]] bool held_up() const noexcept {
    return is_held_up_.load(std::memory_order_relaxed);  // a flag on its own, nothing is read by way of it
  }

  /// Why it can't, or empty.
  [[nodiscard]] std::string held_up_by() const;

  /// The offset that the reader comes to next.
  [[nodiscard]] std::int64_t next_read(std::int32_t partition) const;

 private:
  class Partition;

  [[nodiscard]] Partition& at(std::int32_t partition) const;

  mutable std::shared_mutex mutex_;  // of the vector; a partition stays where it is
  mutable std::vector<std::unique_ptr<Partition>> partitions_;

  std::atomic<bool> is_held_up_{false};
  mutable std::mutex reading_mutex_;  // of the text
  std::string held_up_by_;
};

}  // namespace geomatch::publish
