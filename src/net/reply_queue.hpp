#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <boost/circular_buffer.hpp>

#include <geomatch/http/reply.hpp>

#include "buffer_pool.hpp"
#include "reply_writer.hpp"

namespace geomatch::net {

/// Answers owed on one connection: they come in any order and leave in the order of their requests. One
/// thread.
class ReplyQueue {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// `buffers` outlives this.
  explicit ReplyQueue(BufferPool& buffers) noexcept : buffers_(buffers) {}

  ReplyQueue(const ReplyQueue&) = delete;
  ReplyQueue& operator=(const ReplyQueue&) = delete;

  /// A request that is owed an answer; gives the number it is known by. None may follow one whose answer
  /// closes the connection.
  [[nodiscard]] std::uint64_t expect(TimePoint arrived_at, const ReplyFrame& frame);

  /// The answer of request `sequence`, of this `date`. False, and nothing else, if that one has been
  /// answered.
  bool answer(std::uint64_t sequence, const http::Reply& reply, std::string_view date);

  /// An interim answer, such as "100 Continue". Only while nothing is owed: it would be another request's.
  void add_interim(std::string_view bytes);

  /// What is to be sent now: the answers whose turn has come.
  [[nodiscard]] std::string_view ready() const noexcept { return ready_; }
  /// The first `bytes` of it were sent.
  void note_sent(std::size_t bytes);
  /// None of it will be.
  void drop_ready() { buffers_.give_back(std::move(ready_)); }
  /// Whether the connection is to be closed once all that is ready was sent.
  [[nodiscard]] bool closes() const noexcept { return closes_; }

  /// Makes the last request's answer close the connection.
  void close_after_last() noexcept;

  /// Requests whose turn hasn't come.
  [[nodiscard]] std::size_t size() const noexcept { return slots_.size(); }
  [[nodiscard]] bool empty() const noexcept { return slots_.empty(); }

  /// Those without an answer.
  [[nodiscard]] std::size_t unanswered() const noexcept { return unanswered_; }

  /// The one without an answer that has waited longest, and since when; there is one unless `empty`.
  [[nodiscard]] std::uint64_t oldest() const noexcept { return first_sequence_; }
  [[nodiscard]] TimePoint oldest_arrived_at() const noexcept { return slots_.front().arrived_at; }

 private:
  struct Slot {
    TimePoint arrived_at;
    ReplyFrame frame;
    bool answered = false;
    std::string bytes;  // of an answer that waits for its turn
  };

  void append_turns();

  BufferPool& buffers_;
  std::string ready_;
  bool closes_ = false;
  boost::circular_buffer<Slot> slots_;  // its first is never answered: it would be ready
  std::uint64_t first_sequence_ = 0;    // of slots_.front()
  std::size_t unanswered_ = 0;
};

}  // namespace geomatch::net
