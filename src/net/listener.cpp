#include "listener.hpp"

#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>
#include <sys/socket.h>

#include "last_error.hpp"
#include "worker.hpp"

namespace geomatch::net {
namespace {

namespace errc = boost::system::errc;

constexpr std::chrono::milliseconds pause_after_failure{100};

}  // namespace

Listener::Listener(const boost::asio::ip::tcp::endpoint& endpoint,
                   std::span<const std::unique_ptr<Worker>> workers)
    : workers_(workers),
      acceptor_(io_context_, endpoint),
      retry_(io_context_),
      endpoint_(acceptor_.local_endpoint()) {
  acceptor_.non_blocking(true);
}

Listener::~Listener() {
  stop();
}

void Listener::start() {
  await_connections();
  thread_ = std::thread{[this] { io_context_.run(); }};
}

void Listener::stop() {
  if (!thread_.joinable()) return;
  boost::asio::post(io_context_, [this] {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    retry_.cancel();
  });
  thread_.join();
}

void Listener::await_connections() {
  acceptor_.async_wait(boost::asio::socket_base::wait_read, [this](boost::system::error_code /*error*/) {
    if (!acceptor_.is_open()) return;  // stopped
    if (accept_all()) {
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
