#include "listener.hpp"

#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>
#include <sys/socket.h>

#include <geomatch/observe/contain.hpp>

#include "last_error.hpp"
#include "worker.hpp"

namespace geomatch::net {
namespace {

namespace errc = boost::system::errc;

constexpr std::chrono::milliseconds pause_after_failure{100};

}  // namespace

Listener::Listener(std::span<const std::unique_ptr<Worker>> workers)
    : workers_(workers), acceptor_(io_context_), retry_(io_context_), thread_([this] { run(); }) {}

Listener::~Listener() {
  stop();
}

void Listener::listen(const boost::asio::ip::tcp::endpoint& endpoint) {
  acceptor_ = boost::asio::ip::tcp::acceptor{io_context_, endpoint};
  acceptor_.non_blocking(true);
  endpoint_ = acceptor_.local_endpoint();
}

void Listener::start() {
  boost::asio::post(io_context_, [this] { await_connections(); });
}

void Listener::stop() {
  if (!thread_.joinable()) return;
  boost::asio::post(io_context_, [this] {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    retry_.cancel();
    until_stopped_.reset();
  });
  thread_.join();
}

void Listener::run() {
  while (!observe::contain("accepting connections", [this] { io_context_.run(); })) {
  }
}

void Listener::await_connections() {
  acceptor_.async_wait(boost::asio::socket_base::wait_read, [this](boost::system::error_code /*error*/) {
    if (!acceptor_.is_open()) return;  // stopped
    bool all = false;
    if (observe::contain("accepting connections", [&] { all = accept_all(); }) && all) {
      await_connections();
    } else {
      retry_later();
    }
  });
}

// The workers have reactors of their own: Asio need not know these sockets.
bool Listener::accept_all() {
  for (;;) {
    FileDescriptor socket{
        ::accept4(acceptor_.native_handle(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
    if (!socket.is_open()) {
      const auto error = last_error();
      if (error == errc::operation_would_block) return true;
      if (error == errc::connection_aborted || error == errc::interrupted) continue;
      // Out of descriptors or memory: what is open goes on, and may free some.
      spdlog::warn("accept: {}; raise the limit of open files (ulimit -n)", error.message());
      return false;
    }
    workers_[next_]->adopt(std::move(socket));
    next_ = (next_ + 1) % workers_.size();
  }
}

void Listener::retry_later() {
  retry_.expires_after(pause_after_failure);
  retry_.async_wait([this](boost::system::error_code /*error*/) {
    if (acceptor_.is_open()) await_connections();
  });
}

}  // namespace geomatch::net
