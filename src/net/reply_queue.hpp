#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include <geomatch/http/reply.hpp>

#include "reply_writer.hpp"

namespace geomatch::net {

/// Answers owed on one connection: they come in any order and leave in the order of their requests. One
/// thread.
class ReplyQueue {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// A request that is owed an answer; gives the number it is known by. `frame.date` is set when the answer
  /// comes. None may follow one whose answer closes the connection.
  [[nodiscard]] std::uint64_t expect(TimePoint arrived_at, const ReplyFrame& frame);

  /// The answer of request `sequence`. False, and nothing else, if that one has been answered.
  bool answer(std::uint64_t sequence, const http::Reply& reply, std::string_view date);

  /// Appends to `out` the answers whose turn it is. True if the last of them closes the connection.
  bool take_ready(std::string& out);

  /// Makes the last request's answer close the connection.
  void close_after_last() noexcept;

  /// Requests in the queue, whether they are answered and wait for their turn or not.
  [[nodiscard]] std::size_t size() const noexcept { return slots_.size(); }
  [[nodiscard]] bool empty() const noexcept { return slots_.empty(); }

  /// Those without an answer.
  [[nodiscard]] std::size_t unanswered() const noexcept { return unanswered_; }

  /// The first without an answer that arrived at `before` or earlier.
  [[nodiscard]] std::optional<std::uint64_t> overdue(TimePoint before) const noexcept;

 private:
  struct Slot {
    TimePoint arrived_at;
    ReplyFrame frame;
    bool answered = false;
    std::string bytes;
  };

  std::deque<Slot> slots_;
  std::uint64_t first_sequence_ = 0;  // of slots_.front()
  std::size_t unanswered_ = 0;
};

}  // namespace geomatch::net
