#include "worker.hpp"

#include <boost/asio/bind_allocator.hpp>
#include <boost/asio/post.hpp>

#include "tcp_connection.hpp"

namespace geomatch::net {

Worker::Worker(const Limits& limits, Traffic& traffic, const http::Router& router)
    : sessions_(limits, traffic, router, time_, [this] { wake(); }) {}

Worker::~Worker() {
  stop();
}

void Worker::start() {
  schedule_tick();
  thread_ = std::thread{[this] { io_context_.run(); }};
}

// What was pushed before a wake-up is drained after it: who finds one pending leaves it at that. Sequentially
// consistent, so that whoever finds it so is seen by the drain.
void Worker::wake() {
  if (wake_pending_.exchange(true)) return;
  boost::asio::post(io_context_, boost::asio::bind_allocator(wake_memory_.allocator(), [this] {
                      wake_pending_.exchange(false);
                      sessions_.drain_completions();
                    }));
}

void Worker::adopt(Socket socket) {
  boost::asio::post(io_context_, [this, socket = std::move(socket)]() mutable {
    if (stopping()) return;  // accepted at the last moment: closed unanswered
    sessions_.adopt(std::make_unique<TcpConnection>(std::move(socket)));
  });
}

void Worker::drain() {
  boost::asio::post(io_context_, [this] { sessions_.drain(); });
}

void Worker::stop() {
  if (!thread_.joinable()) return;
  boost::asio::post(io_context_, [this] {
    sessions_.stop();
    ticker_.cancel();
    work_.reset();
  });
  thread_.join();
}

void Worker::schedule_tick() {
  ticker_.expires_after(sessions_.tick_interval());
  ticker_.async_wait([this](boost::system::error_code error) {
    if (error || stopping()) return;  // stopping without an error: it was due before it was cancelled
    sessions_.tick();
    schedule_tick();
  });
}

}  // namespace geomatch::net
