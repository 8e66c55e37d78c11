#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include <geomatch/http/reply_sink.hpp>

#include "connection.hpp"
#include "deadline_wheel.hpp"
#include "reply_queue.hpp"
#include "request_reader.hpp"

namespace geomatch::net {

class SessionHost;

/// One connection: reads requests, hands them to the router, sends their answers in order. On its host's
/// thread only. It lives as long as an operation on the connection, or an answer that is owed, refers to it.
///
/// It is open, then closing (its last answer is on its way), then lingering (all is sent; what the peer still
/// sends is read and dropped, for a close with unread bytes would take the answer from it), then closed.
class Session final : public http::ReplySink,
                      public ConnectionEvents,
                      public DeadlineWheel::Entry,
                      public std::enable_shared_from_this<Session> {
 public:
  using Clock = std::chrono::steady_clock;

  /// How long a peer may take to close its side once it has been sent all.
  static constexpr std::chrono::seconds linger_time{2};

  /// `place`: where the host keeps it, for the host alone.
  Session(SessionHost& host, std::unique_ptr<Connection> connection, std::size_t place);
  ~Session() override = default;

  void start();

  /// Answers the connection itself instead of a request, and closes it.
  void refuse(const http::Reply& reply);

  bool reply(std::uint64_t sequence, const http::Reply& reply) noexcept override;

  /// Takes requests that have arrived, as many as may be answered at a time.
  void take_requests();
  /// Goes on where it can: takes more of them, sends the answers whose turn it is, reads.
  void advance();

  /// Finishes what was asked, then closes; at once if nothing was.
  void drain();

  /// Closes now. What is still owed is dropped.
  void close() noexcept;

  /// Does what is overdue at `now`.
  void check_deadlines(Clock::time_point now);
  /// When the earliest of what it waits for will be overdue.
  [[nodiscard]] Clock::time_point deadline() const noexcept;

  void on_read(ReadResult result, std::size_t bytes) override;
  void on_writable() override;

  [[nodiscard]] bool closed() const noexcept { return closed_; }
  [[nodiscard]] std::size_t place() const noexcept { return place_; }
  void move_to(std::size_t place) noexcept { place_ = place; }

 private:
  void read();
  void take(ReadResult result, std::size_t bytes);
  void on_end_of_stream();
  bool send();
  void note_backlog(std::size_t sent);
  void linger();

  bool parse();
  void dispatch();
  void refuse_request(http::Reply&& reply);
  void advance_soon();
  [[nodiscard]] bool congested() const noexcept;
  // When what it waits for will be overdue; each only while it does.
  [[nodiscard]] Clock::time_point answer_due() const noexcept;
  [[nodiscard]] Clock::time_point write_due() const noexcept;
  [[nodiscard]] Clock::time_point request_due() const noexcept;
  [[nodiscard]] Clock::time_point idle_until() const noexcept;
  [[nodiscard]] bool quiet() const;

  SessionHost& host_;
  const std::unique_ptr<Connection> connection_;
  std::size_t place_;
  RequestReader reader_;
  ReplyQueue replies_;

  bool reading_ = false;
  bool stalled_ = false;    // isn't read from, because enough is being answered
  bool blocked_ = false;    // waits until the peer has taken some of what was sent
  bool advancing_ = false;  // answers given meanwhile are sent by `advance` itself
  bool advance_pending_ = false;
  bool takes_requests_ = true;
  bool closing_ = false;
  bool lingering_ = false;
  bool closed_ = false;

  std::optional<Clock::time_point> request_began_at_;  // of the one that is arriving
  Clock::time_point active_at_;
  std::size_t backlog_bytes_ = 0;         // of what is ready: to be taken by the peer within --write-timeout
  Clock::time_point backlog_since_ = {};  // from here on
  Clock::time_point linger_until_ = {};
};

}  // namespace geomatch::net
