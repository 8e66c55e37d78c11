#include "session.hpp"

#include <geomatch/http/problems.hpp>
#include <geomatch/http/responder.hpp>
#include <geomatch/http/router.hpp>

#include "session_host.hpp"

namespace geomatch::net {
namespace {

constexpr std::size_t max_unsent_bytes = 256 * 1024;  // beyond that, a slow reader isn't read from either
constexpr std::chrono::seconds linger_time{2};

}  // namespace

Session::Session(SessionHost& host, std::unique_ptr<Connection> connection, std::size_t place)
    : host_(host),
      connection_(std::move(connection)),
      place_(place),
      reader_(host.limits()),
      active_at_(host.now()) {}

void Session::start() {
  read();
}

void Session::refuse(const http::Reply& reply) {
  takes_requests_ = false;
  closing_ = true;
  append_reply(unsent_, reply, {.date = host_.date(), .close = true});
  write();
}

bool Session::congested() const noexcept {
  return replies_.size() >= host_.limits().max_pipelined || unsent_.size() >= max_unsent_bytes;
}

void Session::read() {
  if (reading_ || closed_ || (!lingering_ && (!takes_requests_ || congested()))) return;
  reading_ = true;
  connection_->start_read(reader_.prepare(), shared_from_this());
}

void Session::on_read(ReadResult result, std::size_t bytes) {
  reading_ = false;
  if (closed_) return;
  if (lingering_) return result == ReadResult::data ? read() : close();
  if (result == ReadResult::cancelled) return go_on_draining();
  if (result == ReadResult::end) return on_end_of_stream();
  if (result == ReadResult::failed) return close();
  active_at_ = host_.now();
  reader_.commit(bytes);
  pump();
}

// The peer sends no more, but may wait for what it has asked.
void Session::on_end_of_stream() {
  takes_requests_ = false;
  if (!replies_.empty()) return replies_.close_after_last();
  if (unsent_.empty() && !writing_) return close();
  closing_ = true;
}

// Parses and answers as long as both get on, then sends all that is ready in one go.
void Session::pump() {
  pumping_ = true;
  bool more = true;
  while (more) {
    more = parse();
    if (replies_.take_ready(unsent_)) closing_ = true;
    more = more && !congested();
  }
  pumping_ = false;
  if (host_.draining()) drain();
  write();
  read();
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
        if (replies_.empty()) unsent_.append("HTTP/1.1 100 Continue\r\n\r\n");
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
      replies_.expect(arrived_at, {.date = {},
                                   .close = close,
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
  const auto sequence = replies_.expect(now, {.date = {}, .close = true});
  host_.router().refuse({shared_from_this(), sequence, now}, std::move(reply));
}

bool Session::reply(std::uint64_t sequence, http::Reply&& reply) noexcept {
  if (closed_ || !replies_.answer(sequence, reply, host_.date())) return false;
  host_.traffic().end_request();
  if (!pumping_ && !flush_pending_) {
    flush_pending_ = true;
    host_.flush_soon(shared_from_this());
  }
  return true;
}

void Session::flush() {
  flush_pending_ = false;
  if (closed_) return;
  active_at_ = host_.now();
  pump();
}

void Session::write() {
  if (writing_ || closed_) return;
  if (unsent_.empty()) {
    if (closing_ && !lingering_) linger();
    return;
  }
  writing_ = true;
  write_began_at_ = host_.now();
  sending_.swap(unsent_);
  connection_->start_write(boost::asio::buffer(sending_), shared_from_this());
}

void Session::on_write(bool sent) {
  writing_ = false;
  sending_.clear();
  if (closed_) return;
  if (!sent) return close();
  active_at_ = host_.now();
  pump();
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
  if (writing_ || !quiet()) return;  // it is drained after that, at the end of `pump`
  if (reading_) return connection_->cancel_read();
  takes_requests_ = false;
  if (!replies_.empty()) return replies_.close_after_last();
  // By then the peer has taken the last answer, which a request that comes late could take from it (RFC 9112,
  // section 9.6).
  if (unsent_.empty() && !writing_ && host_.now() - active_at_ > linger_time) return close();
  closing_ = true;
  write();
}

void Session::go_on_draining() {
  drain();
  read();
}

void Session::close() noexcept {
  if (closed_) return;
  closed_ = true;
  connection_->close();
  for (std::size_t owed = replies_.unanswered(); owed != 0; --owed) host_.traffic().end_request();
  host_.traffic().close_connection();
  host_.forget(*this);
}

void Session::check_deadlines(Clock::time_point now) {
  const Limits& limits = host_.limits();
  while (const auto overdue = replies_.overdue(now - limits.answer_timeout)) {
    host_.router().refuse({shared_from_this(), *overdue, now - limits.answer_timeout},
                          http::problems::outcome_unknown());
  }
  if (writing_ && now - write_began_at_ > limits.write_timeout) return close();
  if (lingering_ && now > linger_until_) return close();
  if (!takes_requests_ || !reading_) return;
  if (request_began_at_) {
    if (now - *request_began_at_ > limits.request_timeout) refuse_request(http::problems::request_timeout());
  } else if (replies_.empty() && now - active_at_ > limits.idle_timeout) {
    close();
  }
}

}  // namespace geomatch::net
