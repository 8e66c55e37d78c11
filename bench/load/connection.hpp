#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "endpoint.hpp"
#include "reply_cutter.hpp"

namespace geomatch::load {

/// One non-blocking connection, the requests on it that aren't answered, and what couldn't be sent yet.
///
/// Whoever owns it polls its socket and calls what fits.
class Connection {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  enum class State { closed, connecting, open };

  Connection() = default;
  ~Connection() { close(); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Begins to connect, with a cutter for what comes. Returns 0, or an errno.
  [[nodiscard]] int begin(const Endpoint& endpoint, std::unique_ptr<ReplyCutter> cutter);

  /// To be called when it is writable while connecting: 0 if it is connected now, or an errno.
  [[nodiscard]] int connected();

  /// Forgets what isn't answered.
  void close() noexcept;

  /// Adds a request that was due at `due`, for the next flush().
  void add(std::string_view request, TimePoint due, std::size_t replies);

  /// Sends what it can. Returns 0, or an errno.
  [[nodiscard]] int flush();
  [[nodiscard]] bool has_unsent() const noexcept { return sent_ < unsent_.size(); }

  /// When the oldest unanswered request was due; there has to be one.
  [[nodiscard]] TimePoint oldest_due() const noexcept { return waiting_.front().due; }

  /// Counts one reply to the oldest unanswered request; there has to be one. True if that answers it.
  bool count_reply();

  [[nodiscard]] State state() const noexcept { return state_; }
  [[nodiscard]] int socket() const noexcept { return socket_; }
  [[nodiscard]] ReplyCutter& cutter() noexcept { return *cutter_; }
  [[nodiscard]] std::size_t waiting() const noexcept { return waiting_.size(); }  ///< unanswered requests

  /// When each of the unanswered was due, oldest first.
  template <typename Function>
  void each_waiting(const Function& function) const {
    for (const Waiting& waiting : waiting_) function(waiting.due);
  }

  TimePoint available_since;    ///< for the owner: when it could last take a request
  std::uint64_t answers = 0;    ///< for the owner
  bool closing = false;         ///< for the owner: the server said that it closes
  bool wants_writable = false;  ///< for the owner: what its poll is set to
  bool available = false;       ///< for the owner: it is among those that can take a request

 private:
  struct Waiting {
    TimePoint due;
    std::size_t replies;  // that are still to come
  };

  int socket_ = -1;
  State state_ = State::closed;
  std::unique_ptr<ReplyCutter> cutter_;
  std::deque<Waiting> waiting_;
  std::string unsent_;
  std::size_t sent_ = 0;  // of unsent_
};

}  // namespace geomatch::load
