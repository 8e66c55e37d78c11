#include "session_host.hpp"

#include <algorithm>
#include <utility>

#include <fmt/chrono.h>

#include <geomatch/http/problems.hpp>

#include "session.hpp"

namespace geomatch::net {
namespace {

// RFC 9110, section 5.6.7.
std::string http_date(std::time_t time_of_day) {
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(time_of_day));
}

}  // namespace

SessionHost::SessionHost(const Limits& limits, Traffic& traffic, const http::Router& router,
                         const TimeSource& time, std::function<void()> wake)
    : limits_(limits),
      traffic_(traffic),
      router_(router),
      time_(time),
      completions_(std::move(wake)),
      date_(http_date(time.time_of_day())) {}

SessionHost::~SessionHost() = default;

void SessionHost::adopt(std::unique_ptr<Connection> connection) {
  const auto session = std::make_shared<Session>(*this, std::move(connection), sessions_.size());
  sessions_.push_back(session.get());
  if (!traffic_.open_connection(limits_.max_connections)) {
    return session->refuse(http::problems::unavailable("Too many connections are open (--max-connections)."));
  }
  session->start();
  if (draining_) session->drain();
}

// Each of these goes through a copy: a session that closes is forgotten meanwhile.
void SessionHost::drain() {
  draining_ = true;
  for (Session* session : std::vector{sessions_}) session->drain();
}

void SessionHost::stop() {
  drain_completions();
  for (Session* session : std::vector{sessions_}) session->close();
}

void SessionHost::drain_completions() {
  completions_.drain();
  flush_all();
}

void SessionHost::tick() {
  date_ = http_date(time_.time_of_day());
  const auto now = time_.now();
  for (Session* session : std::vector{sessions_}) session->check_deadlines(now);
  flush_all();
}

// Fine enough for the shortest of the deadlines, and at most twice a second. One walk over the connections
// costs less than a timer armed for every request.
std::chrono::milliseconds SessionHost::tick_interval() const noexcept {
  const auto shortest = std::min(
      {limits_.request_timeout, limits_.idle_timeout, limits_.write_timeout, limits_.answer_timeout});
  return std::clamp(shortest / 4, std::chrono::milliseconds{5}, std::chrono::milliseconds{500});
}

void SessionHost::flush_soon(std::shared_ptr<Session> session) {
  unflushed_.push_back(std::move(session));
}

void SessionHost::forget(Session& session) noexcept {
  Session* const last = sessions_.back();
  sessions_[session.place()] = last;
  last->move_to(session.place());
  sessions_.pop_back();
}

void SessionHost::flush_all() {
  for (auto& session : std::exchange(unflushed_, {})) session->flush();
}

}  // namespace geomatch::net
