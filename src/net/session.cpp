#include "session.hpp"

#include <algorithm>
#include <utility>

#include <geomatch/http/problems.hpp>
#include <geomatch/http/responder.hpp>
#include <geomatch/http/router.hpp>

#include "session_host.hpp"

namespace geomatch::net {
namespace {

constexpr std::size_t max_unsent_bytes = 256 * 1024;  // beyond that, a slow reader isn't read from either

}  // namespace

Session::Session(SessionHost& host, std::unique_ptr<Connection> connection, std::size_t place)
    : host_(host),
      connection_(std::move(connection)),
      place_(place),
      reader_(host.limits()),
      replies_(host.buffers()),
      active_at_(host.now()) {}

void Session::start() {
  read();
}

void Session::refuse(const http::Reply& reply) {
  takes_requests_ = false;
  replies_.answer(replies_.expect(host_.now(), {.close = true}), reply, host_.date());
  advance_soon();
}

bool Session::congested() const noexcept {
  return replies_.size() >= host_.limits().max_pipelined || replies_.ready().size() >= max_unsent_bytes;
}

void Session::read() {
  if (reading_ || closed_ || (!lingering_ && !takes_requests_)) return;
  if (!lingering_ && (congested() || !reader_.has_room())) {
    stalled_ = true;
    return;
  }
  // While it wasn't read from, the rest of a request couldn't come.
  if (std::exchange(stalled_, false) && request_began_at_) request_began_at_ = host_.now();
  reading_ = true;
  connection_->start_read(reader_.prepare(), shared_from_this());
}

void Session::on_read(ReadResult result, std::size_t bytes) {
  const SessionHost::Turn turn{host_};
  reading_ = false;
  if (!closed_) host_.contain(*this, [&] { take(result, bytes); });
}

void Session::take(ReadResult result, std::size_t bytes) {
  if (lingering_) return result == ReadResult::data ? read() : close();
  switch (result) {
    case ReadResult::data:
      active_at_ = host_.now();
      reader_.commit(bytes);
      return advance_soon();
    case ReadResult::cancelled:
      drain();
      return read();
    case ReadResult::end:
      return on_end_of_stream();
    case ReadResult::failed:
      return close();
  }
}

// The peer sends no more, but may wait for what it has asked.
void Session::on_end_of_stream() {
  takes_requests_ = false;
  if (!replies_.empty()) return replies_.close_after_last();
  if (replies_.ready().empty()) return close();
  closing_ = true;
}

void Session::take_requests() {
  if (!closed_) parse();
}

void Session::advance() {
  advance_pending_ = false;
  if (closed_) return;
  advancing_ = true;
  while (parse() && send() && !congested()) {
  }
  advancing_ = false;
  if (host_.draining()) drain();
  send();
  read();
}

void Session::advance_soon() {
  if (advancing_ || advance_pending_) return;
  advance_pending_ = true;
  host_.advance_soon(shared_from_this());
}

// True if it stopped with requests left to parse, because enough are being answered.
bool Session::parse() {
  while (takes_requests_) {
    if (congested()) return true;
    switch (reader_.next()) {
      case RequestReader::Status::complete:
        request_began_at_.reset();
        dispatch();
        break;
      case RequestReader::Status::malformed:
        refuse_request(std::move(reader_.refusal()));
        break;
      case RequestReader::Status::expects_continue:
        if (replies_.empty()) replies_.add_interim("HTTP/1.1 100 Continue\r\n\r\n");
        [[fallthrough]];
      case RequestReader::Status::needs_more:
        if (reader_.in_request() && !request_began_at_) request_began_at_ = active_at_;
        return false;
    }
  }
  return false;
}

void Session::dispatch() {
  const http::Request request = reader_.request();
  const bool close = !reader_.keep_alive();
  if (close) takes_requests_ = false;
  const auto arrived_at = host_.now();
  const auto sequence =
      replies_.expect(arrived_at, {.close = close,
                                   .http_1_0 = reader_.is_http_1_0(),
                                   .head_only = request.method == boost::beast::http::verb::head});
  http::Responder respond{shared_from_this(), sequence, arrived_at};
  if (!host_.traffic().begin_request(host_.limits().max_in_flight)) {
    return host_.router().refuse(
        std::move(respond),
        http::problems::unavailable("Too many requests are being answered (--max-in-flight)."));
  }
  host_.router().handle(request, std::move(respond), host_.completions());
}

void Session::refuse_request(http::Reply&& reply) {
  takes_requests_ = false;
  const auto now = host_.now();
  static_cast<void>(host_.traffic().begin_request(host_.limits().max_in_flight));
  const auto sequence = replies_.expect(now, {.close = true});
  host_.router().refuse({shared_from_this(), sequence, now}, std::move(reply));
}

bool Session::reply(std::uint64_t sequence, const http::Reply& reply) noexcept {
  if (closed_ || !replies_.answer(sequence, reply, host_.date())) return false;
  host_.traffic().end_request();
  advance_soon();
  return true;
}

// True if all that was ready is sent, and the session still open.
bool Session::send() {
  if (blocked_ || closed_) return false;
  if (!replies_.ready().empty()) {
    const auto sent = connection_->send(replies_.ready());
    if (!sent) return close(), false;
    if (*sent != 0) active_at_ = host_.now();
    replies_.note_sent(*sent);
    if (!replies_.ready().empty()) {
      note_backlog(*sent);
      blocked_ = true;
      connection_->await_writable(shared_from_this());
      return false;
    }
    backlog_bytes_ = 0;
  }
  closing_ = closing_ || replies_.closes();
  if (closing_ && !lingering_) linger();
  return !closing_;
}

// What is left waits; what comes after it has its own time.
void Session::note_backlog(std::size_t sent) {
  if (backlog_bytes_ > sent) {
    backlog_bytes_ -= sent;
  } else {
    backlog_bytes_ = replies_.ready().size();
    backlog_since_ = host_.now();
  }
}

void Session::on_writable() {
  const SessionHost::Turn turn{host_};
  blocked_ = false;
  if (!closed_) host_.contain(*this, [&] { advance_soon(); });
}

void Session::linger() {
  if (!connection_->finish_sending()) return close();
  lingering_ = true;
  reader_.discard();
  linger_until_ = host_.now() + linger_time;
  read();
}

bool Session::quiet() const {
  return !reader_.in_request() && connection_->available() == 0;
}

// What has arrived gets its answer: also what a read has got that hasn't come back yet.
void Session::drain() {
  if (closed_ || closing_ || !takes_requests_) return;
  if (blocked_ || !quiet()) return;  // it is drained after that, at the end of `advance`
  if (reading_) return connection_->cancel_read();
  takes_requests_ = false;
  if (!replies_.empty()) return replies_.close_after_last();
  // By then the peer has taken the last answer, which a request that comes late could take from it (RFC 9112,
  // section 9.6).
  if (replies_.ready().empty() && host_.now() - active_at_ > linger_time) return close();
  closing_ = true;
  send();
}

void Session::close() noexcept {
  if (closed_) return;
  closed_ = true;
  connection_->close();
  replies_.drop_ready();
  for (std::size_t owed = replies_.unanswered(); owed != 0; --owed) host_.traffic().end_request();
  host_.traffic().close_connection();
  host_.forget(*this);
}

Session::Clock::time_point Session::answer_due() const noexcept {
  return replies_.oldest_arrived_at() + host_.limits().answer_timeout;
}

Session::Clock::time_point Session::write_due() const noexcept {
  return backlog_since_ + host_.limits().write_timeout;
}

Session::Clock::time_point Session::request_due() const noexcept {
  return *request_began_at_ + host_.limits().request_timeout;
}

Session::Clock::time_point Session::idle_until() const noexcept {
  return active_at_ + host_.limits().idle_timeout;
}

void Session::check_deadlines(Clock::time_point now) {
  while (!replies_.empty() && now >= answer_due()) {
    host_.router().refuse({shared_from_this(), replies_.oldest(), now - host_.limits().answer_timeout},
                          http::problems::outcome_unknown());
  }
  if (blocked_ && now > write_due()) return close();
  if (lingering_ && now > linger_until_) return close();
  if (!takes_requests_ || !reading_) return;
  if (request_began_at_) {
    if (now > request_due()) refuse_request(http::problems::request_timeout());
  } else if (replies_.empty() && replies_.ready().empty() && now > idle_until()) {
    close();
  }
}

Session::Clock::time_point Session::deadline() const noexcept {
  auto earliest = idle_until();
  if (!replies_.empty()) earliest = std::min(earliest, answer_due());
  if (blocked_) earliest = std::min(earliest, write_due());
  if (lingering_) earliest = std::min(earliest, linger_until_);
  if (request_began_at_) earliest = std::min(earliest, request_due());
  return earliest;
}

}  // namespace geomatch::net
