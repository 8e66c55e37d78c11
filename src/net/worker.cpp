#include "worker.hpp"

#include <algorithm>

#include <boost/asio/post.hpp>
#include <fmt/chrono.h>

#include <geomatch/http/problems.hpp>

#include "session.hpp"

namespace geomatch::net {
namespace {

// How often deadlines are looked at: fine enough for the shortest of them, and at most twice a second. One
// walk over the connections costs less than a timer armed for every request.
std::chrono::milliseconds tick_of(const Limits& limits) {
  const auto shortest =
      std::min({limits.request_timeout, limits.idle_timeout, limits.write_timeout, limits.answer_timeout});
  return std::clamp(shortest / 4, std::chrono::milliseconds{5}, std::chrono::milliseconds{500});
}

// RFC 9110, section 5.6.7.
std::string http_date() {
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(std::time(nullptr)));
}

}  // namespace

Worker::Worker(const Limits& limits, Traffic& traffic, const http::Router& router)
    : limits_(limits),
      traffic_(traffic),
      router_(router),
      completions_([this] { boost::asio::post(io_context_, [this] { drain_completions(); }); }),
      date_(http_date()) {}

Worker::~Worker() {
  stop();
}

void Worker::start() {
  schedule_tick();
  thread_ = std::thread{[this] { io_context_.run(); }};
}

void Worker::adopt(Socket socket) {
  boost::asio::post(io_context_, [this, socket = std::move(socket)]() mutable {
    if (stopping()) return;  // accepted at the last moment: closed unanswered
    const auto session = std::make_shared<Session>(*this, std::move(socket));
    sessions_.insert(session.get());
    if (!traffic_.open_connection(limits_.max_connections)) {
      return session->refuse(
          http::problems::unavailable("Too many connections are open (--max-connections)."));
    }
    session->start();
    if (draining_) session->drain();
  });
}

void Worker::drain() {
  boost::asio::post(io_context_, [this] {
    draining_ = true;
    for (Session* session : sessions()) session->drain();
  });
}

void Worker::stop() {
  if (!thread_.joinable()) return;
  boost::asio::post(io_context_, [this] {
    completions_.drain();
    flush_all();
    for (Session* session : sessions()) session->close();
    ticker_.cancel();
    work_.reset();
  });
  thread_.join();
}

void Worker::flush_soon(std::shared_ptr<Session> session) {
  unflushed_.push_back(std::move(session));
}

std::vector<Session*> Worker::sessions() const {
  return {sessions_.begin(), sessions_.end()};
}

void Worker::forget(Session& session) noexcept {
  sessions_.erase(&session);
}

void Worker::drain_completions() {
  completions_.drain();
  flush_all();
}

void Worker::flush_all() {
  for (auto& session : std::exchange(unflushed_, {})) session->flush();
}

void Worker::schedule_tick() {
  ticker_.expires_after(tick_of(limits_));
  ticker_.async_wait([this](boost::system::error_code error) {
    if (!error && !stopping()) tick();  // no error either where it was due before it was cancelled
  });
}

void Worker::tick() {
  date_ = http_date();
  const auto now = Clock::now();
  for (Session* session : sessions()) session->check_deadlines(now);
  flush_all();
  schedule_tick();
}

}  // namespace geomatch::net
