#include "worker.hpp"

#include <utility>

#include <spdlog/spdlog.h>

#include <geomatch/observe/contain.hpp>

#include "tcp_connection.hpp"

namespace geomatch::net {

using observe::contain;

Worker::Worker(const Limits& limits, Traffic& traffic, const http::Router& router)
    : sessions_(limits, traffic, router, time_, [this] { waker_.wake(); }) {}

Worker::~Worker() {
  stop();
}

void Worker::start() {
  thread_ = std::thread{[this] { run(); }};
}

template <class Change>
void Worker::order(Change change) {
  {
    const std::lock_guard lock{mutex_};
    change(orders_);
  }
  waker_.wake();
}

void Worker::adopt(FileDescriptor socket) {
  order([&](Orders& orders) { orders.adopt.push_back(std::move(socket)); });
}

void Worker::drain() {
  order([](Orders& orders) { orders.drain = true; });
}

void Worker::stop() {
  if (!thread_.joinable()) return;
  order([](Orders& orders) { orders.stop = true; });
  thread_.join();
}

// Connections that were closed may still have an operation under way, which ends in another round. What a
// connection throws, it meets itself (Session); what comes through all the same costs only what it was about.
void Worker::run() {
  auto next_tick = Clock::now();
  while (!stopped_ || reactor_.has_deferred()) {
    reactor_.wait(next_tick - Clock::now());
    const SessionHost::Turn turn{sessions_};
    while (!contain("a connection", [this] { reactor_.dispatch(); })) {  // with the next one
    }
    if (waker_.was_woken()) contain("what a worker was told", [this] { obey(); });
    if (sessions_.now() >= next_tick) {
      contain("looking at deadlines", [this] { sessions_.tick(); });
      next_tick = sessions_.now() + sessions_.tick_interval();
    }
  }
}

void Worker::obey() {
  Orders orders;
  {
    const std::lock_guard lock{mutex_};
    orders = std::exchange(orders_, {});
  }
  if (stopped_) return;  // what was accepted at the last moment is closed unanswered
  for (FileDescriptor& socket : orders.adopt) {
    contain("a new connection", [&] { serve(std::move(socket)); });
  }
  if (orders.stop) stopped_ = true;
  if (orders.drain) sessions_.drain();
  if (orders.stop) sessions_.stop();
}

void Worker::serve(FileDescriptor socket) {
  auto connection = std::make_unique<TcpConnection>(reactor_, std::move(socket));
  if (const auto error = connection->open()) {
    spdlog::warn("a connection can't be served: {}; raise fs.epoll.max_user_watches", error.message());
    return;
  }
  sessions_.adopt(std::move(connection));
}

}  // namespace geomatch::net
