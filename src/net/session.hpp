#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include <geomatch/http/reply_sink.hpp>

#include "connection.hpp"
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
                      public std::enable_shared_from_this<Session> {
 public:
  using Clock = std::chrono::steady_clock;

  /// `place`: where the host keeps it, for the host alone.
  Session(SessionHost& host, std::unique_ptr<Connection> connection, std::size_t place);
  ~Session() override = default;

  void start();

  /// Answers the connection itself instead of a request, and closes it.
  void refuse(const http::Reply& reply);

  bool reply(std::uint64_t sequence, http::Reply&& reply) noexcept override;

  /// Sends the answers whose turn it is, and goes on reading.
  void flush();

  /// Finishes what was asked, then closes; at once if nothing was.
  void drain();

  /// Closes now. What is still owed is dropped.
  void close() noexcept;

  void check_deadlines(Clock::time_point now);

  void on_read(ReadResult result, std::size_t bytes) override;
  void on_write(bool sent) override;

  [[nodiscard]] std::size_t place() const noexcept { return place_; }
  void move_to(std::size_t place) noexcept { place_ = place; }

 private:
  void read();
  void on_end_of_stream();
  void go_on_draining();
  void write();
  void linger();

  void pump();
  bool parse();
  void dispatch();
  void refuse_request(http::Reply&& reply);
  [[nodiscard]] bool congested() const noexcept;
  [[nodiscard]] bool quiet() const;

  SessionHost& host_;
  const std::unique_ptr<Connection> connection_;
  std::size_t place_;
  RequestReader reader_;
  ReplyQueue replies_;
  std::string unsent_;   // answers in order, to be written next
  std::string sending_;  // being written

  bool reading_ = false;
  bool writing_ = false;
  bool pumping_ = false;  // answers given meanwhile are sent by pump itself
  bool flush_pending_ = false;
  bool takes_requests_ = true;
  bool closing_ = false;
  bool lingering_ = false;
  bool closed_ = false;

  std::optional<Clock::time_point> request_began_at_;  // of the one that is arriving
  Clock::time_point active_at_;
  Clock::time_point write_began_at_;
  Clock::time_point linger_until_;
};

}  // namespace geomatch::net
