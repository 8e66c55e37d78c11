#include "session_host.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/chrono.h>

#include <geomatch/http/problems.hpp>

#include "session.hpp"

namespace geomatch::net {
namespace {

// RFC 9110, section 5.6.7. Where `date` has the room, nothing is allocated.
void write_http_date(std::string& date, std::time_t time_of_day) {
  date.clear();
  fmt::format_to(std::back_inserter(date), "{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(time_of_day));
}

// Of all that a session may come to wait for.
std::chrono::milliseconds shortest(const Limits& limits) noexcept {
  return std::min({limits.request_timeout, limits.idle_timeout, limits.write_timeout, limits.answer_timeout,
                   std::chrono::milliseconds{Session::linger_time}});
}

}  // namespace

SessionHost::SessionHost(const Limits& limits, Traffic& traffic, const http::Router& router,
                         const TimeSource& time, std::function<void()> wake)
    : limits_(limits),
      traffic_(traffic),
      router_(router),
      time_(time),
      completions_(std::move(wake)),
      now_(time.now()),
      deadlines_(tick_interval() / 4, shortest(limits), now_) {
  write_http_date(date_, time.time_of_day());
}

SessionHost::~SessionHost() = default;

SessionHost::Turn::Turn(SessionHost& host) : host_(host), attendance_(host.completions_) {
  if (host_.turns_++ == 0) host_.now_ = host_.time_.now();
}

SessionHost::Turn::~Turn() {
  if (host_.turns_ == 1) host_.end_turn();
  --host_.turns_;
}

// In stages: what has come together is worked off together, as the kernel's code and ours take the cache from
// one another, and sent together, as each time that a sleeping peer is woken costs.
void SessionHost::end_turn() {
  do {
    // More may come meanwhile, here and below.
    for (std::size_t i = 0; i < advancing_.size(); ++i) {
      Session& session = *advancing_[i];
      contain(session, [&] { session.take_requests(); });
    }
    completions_.drain();
    for (std::size_t i = 0; i < advancing_.size(); ++i) {
      const auto session = std::exchange(advancing_[i], nullptr);
      contain(*session, [&] { session->advance(); });
    }
    advancing_.clear();
  } while (!completions_.empty());
}

void SessionHost::adopt(std::unique_ptr<Connection> connection) {
  const Turn turn{*this};
  const auto session = std::make_shared<Session>(*this, std::move(connection), sessions_.size());
  sessions_.push_back(session.get());
  deadlines_.place(*session, now_ + deadlines_.horizon());
  if (!traffic_.open_connection(limits_.max_connections)) {
    return session->refuse(http::problems::unavailable("Too many connections are open (--max-connections)."));
  }
  contain(*session, [&] {
    session->start();
    if (draining_) session->drain();
  });
}

// Each of these goes through a copy: a session that closes is forgotten meanwhile.
void SessionHost::drain() {
  const Turn turn{*this};
  draining_ = true;
  for (Session* session : std::vector{sessions_}) contain(*session, [=] { session->drain(); });
}

void SessionHost::stop() {
  const Turn turn{*this};
  end_turn();
  for (Session* session : std::vector{sessions_}) session->close();
}

void SessionHost::tick() {
  const Turn turn{*this};
  write_http_date(date_, time_.time_of_day());
  deadlines_.turn(now_, [this](DeadlineWheel::Entry& entry) {
    auto& session = static_cast<Session&>(entry);
    contain(session, [&] { session.check_deadlines(now_); });
    if (!session.closed()) {
      deadlines_.place(session, std::min(session.deadline(), now_ + deadlines_.horizon()));
    }
  });
}

// Fine enough for the shortest of the deadlines, and at most twice a second.
std::chrono::milliseconds SessionHost::tick_interval() const noexcept {
  return std::clamp(shortest(limits_) / 4, std::chrono::milliseconds{5}, std::chrono::milliseconds{500});
}

void SessionHost::close(Session& session) noexcept {
  session.close();
}

void SessionHost::advance_soon(std::shared_ptr<Session> session) {
  advancing_.push_back(std::move(session));
}

void SessionHost::forget(Session& session) noexcept {
  if (session.is_linked()) session.unlink();
  Session* const last = sessions_.back();
  sessions_[session.place()] = last;
  last->move_to(session.place());
  sessions_.pop_back();
}

}  // namespace geomatch::net
